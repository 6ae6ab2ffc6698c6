package dev.hemline.trainer.reservoir;

import dev.hemline.event.Sample;
import dev.hemline.model.serving.Probabilities;

/**
 * What a model makes of a picture.
 *
 * @param label the most likely class, an index into the model's labels
 * @param confidence its probability, 0 to 1
 */
public record Answer(int label, double confidence) {
    /** What the model made of it that served. */
    public static Answer of(Sample sample) {
        float[] row = new float[sample.getProbabilities().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = sample.getProbabilities().get(i);
        }
        int label = Probabilities.mostLikely(row);
        return new Answer(label, row[label]);
    }
}
