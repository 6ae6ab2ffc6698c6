package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;

/**
 * A classifier's answers to the first n images of a set, summed up.
 *
 * @param accuracy share of right answers, 0 to 1
 * @param loss mean cross-entropy in nats
 */
public record Evaluation(double accuracy, double loss) {
    private static final int BATCH = 64;

    /** A probability that is zero in 32 bits costs as much as this one, not infinitely much. */
    private static final double SMALLEST_PROBABILITY = 1e-12;

    /** @param n how many, at most all of them */
    public static Evaluation of(ImageClassifier classifier, LabelledImages images, int n) {
        int imageSize = images.width() * images.height();
        byte[] pixels = new byte[BATCH * imageSize];
        int correct = 0;
        double loss = 0;
        for (int start = 0; start < n; start += BATCH) {
            int size = Math.min(BATCH, n - start);
            for (int i = 0; i < size; i++) {
                images.copyImage(start + i, pixels, i * imageSize);
            }
            float[][] answers = classifier.classify(ByteBuffer.wrap(pixels), size);
            for (int i = 0; i < size; i++) {
                int label = images.label(start + i);
                correct += largest(answers[i]) == label ? 1 : 0;
                loss -= Math.log(Math.max(answers[i][label], SMALLEST_PROBABILITY));
            }
        }
        return new Evaluation((double) correct / n, loss / n);
    }

    static int largest(float[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }
}
