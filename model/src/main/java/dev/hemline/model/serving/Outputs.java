package dev.hemline.model.serving;

import dev.hemline.event.ModelOutput;
import java.util.Arrays;

/**
 * Reads a network's answer.
 *
 * @param labels numbers per image
 * @param form what the numbers are
 */
record Outputs(int labels, ModelOutput form) {

    /** Rows of probabilities from n × labels numbers. */
    float[][] probabilities(float[] numbers, int n) {
        float[][] rows = new float[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = form == ModelOutput.LOGITS
                    ? Softmax.of(numbers, i * labels, labels)
                    : Arrays.copyOfRange(numbers, i * labels, (i + 1) * labels);
        }
        return rows;
    }
}
