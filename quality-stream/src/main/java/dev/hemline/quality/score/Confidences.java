package dev.hemline.quality.score;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How sure a version was of its results, as a histogram: what estimates of accuracy need, and no threshold has to be known while it is
 * counted. Bins become narrower towards 1, where most results are: bin {@code i} of 32 begins at {@code 1 - (1 - i/32)²}. Within a bin
 * results are taken to be spread evenly.
 */
public final class Confidences {
    public static final int BINS = 32;

    private final double[] results = new double[BINS];

    /** @param results by bin */
    public Confidences(IntToDoubleFunction results) {
        IntStream.range(0, BINS).forEach(bin -> this.results[bin] = results.applyAsDouble(bin));
    }

    /** The bin of a result, whose confidence is taken for 0 where it is below, and for 1 where it is above. */
    public static int bin(double confidence) {
        double within = Math.max(0, Math.min(1, confidence));
        return Math.min(BINS - 1, (int) (BINS * (1 - Math.sqrt(1 - within))));
    }

    private static double begin(int bin) {
        double left = 1 - (double) bin / BINS;
        return 1 - left * left;
    }

    /** How many results there are. */
    public double all() {
        return IntStream.range(0, BINS).mapToDouble(bin -> results[bin]).sum();
    }

    /** The sum of their confidences: so many are right where these are calibrated. */
    public double sum() {
        return IntStream.range(0, BINS)
                .mapToDouble(bin -> results[bin] * (begin(bin) + begin(bin + 1)) / 2)
                .sum();
    }

    /** How many are at least that sure: so many are right if the threshold was chosen so (average thresholded confidence). */
    public double atLeast(double threshold) {
        return IntStream.range(0, BINS)
                .mapToDouble(bin -> {
                    double above = (begin(bin + 1) - threshold) / (begin(bin + 1) - begin(bin));
                    return results[bin] * Math.max(0, Math.min(1, above));
                })
                .sum();
    }
}
