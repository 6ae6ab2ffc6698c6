package dev.hemline.benchmarks.drift;

import java.util.List;
import java.util.stream.IntStream;

/**
 * <em>Failing Loudly</em>'s best detector, black box shift detection by softmax outputs: each class's probability in a sample from
 * before is compared with that in a sample from now by {@link KolmogorovSmirnov}, corrected for several classes by Bonferroni.
 */
final class Bbsds {
    static final double LEVEL = 0.05;

    private Bbsds() {}

    /** By class, the probabilities in the first {@code n} results, sorted. */
    static double[][] sorted(List<Result> results, int n) {
        return IntStream.range(0, results.get(0).classes())
                .mapToObj(label -> results.subList(0, n).stream()
                        .mapToDouble(result -> result.probabilities()[label])
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
    }

    /** How likely samples of the same size are to differ as much if nothing has changed, corrected for several classes: up to 1. */
    static double pValue(double[][] before, double[][] now) {
        double least = IntStream.range(0, before.length)
                .mapToDouble(label -> KolmogorovSmirnov.pValue(before[label], now[label]))
                .min()
                .orElse(1);
        return Math.min(1, least * before.length);
    }
}
