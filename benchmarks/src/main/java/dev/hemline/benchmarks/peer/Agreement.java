package dev.hemline.benchmarks.peer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.Probabilities;
import java.nio.ByteBuffer;

/**
 * How far two classifiers with the same weights agree: nobody is to win by computing something else.
 *
 * @param images that both were asked about
 * @param largestDifference between two probabilities
 * @param otherLabels images that they label differently
 */
public record Agreement(int images, double largestDifference, int otherLabels) {
    private static final int BATCH = 32;

    /** Sums are added up in another order; the last bits differ from layer to layer. */
    public static final double ROUNDING = 1e-4;

    /**
     * Asks both.
     *
     * @param most how many of the images at most
     */
    public static Agreement between(ImageClassifier some, ImageClassifier other, LabelledImages images, int most) {
        int n = Math.min(most, images.size());
        // Math.max keeps a NaN.
        double largest = 0;
        int otherLabels = 0;
        for (int first = 0; first < n; first += BATCH) {
            int size = Math.min(BATCH, n - first);
            ByteBuffer pixels = pixels(images, first, size);
            float[][] rows = some.classify(pixels, size);
            float[][] others = other.classify(pixels, size);
            for (int i = 0; i < size; i++) {
                largest = Math.max(largest, difference(rows[i], others[i]));
                otherLabels += Probabilities.mostLikely(rows[i]) == Probabilities.mostLikely(others[i]) ? 0 : 1;
            }
        }
        return new Agreement(n, largest, otherLabels);
    }

    /** That many images from one of them on, counted on from the first after the last. */
    public static ByteBuffer pixels(LabelledImages images, int first, int n) {
        int imageSize = images.width() * images.height();
        byte[] pixels = new byte[n * imageSize];
        for (int i = 0; i < n; i++) {
            images.copyImage((first + i) % images.size(), pixels, i * imageSize);
        }
        return ByteBuffer.wrap(pixels);
    }

    /** @throws IllegalStateException if any probability differs by more than that */
    public Agreement require(String names, double tolerance) {
        // NaN must not pass.
        if (!(largestDifference <= tolerance)) {
            throw new IllegalStateException(
                    names + ": with the same weights, probabilities differ by " + largestDifference);
        }
        return this;
    }

    private static double difference(float[] row, float[] other) {
        double largest = 0;
        for (int k = 0; k < row.length; k++) {
            largest = Math.max(largest, Math.abs(row[k] - other[k]));
        }
        return largest;
    }
}
