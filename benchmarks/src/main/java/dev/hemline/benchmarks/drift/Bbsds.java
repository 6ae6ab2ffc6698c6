package dev.hemline.benchmarks.drift;

import java.util.List;
import java.util.stream.IntStream;

/**
 * <em>Failing Loudly</em>'s best detector, black box shift detection by softmax outputs: each class's probability in a sample from
 * before is compared with that in a sample from now by {@link KolmogorovSmirnov}, at 5 % for all classes together (Bonferroni).
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

    /** Whether these samples of the same size differ. */
    static boolean rings(double[][] before, double[][] now) {
        double least = IntStream.range(0, before.length)
                .mapToDouble(label -> KolmogorovSmirnov.pValue(before[label], now[label]))
                .min()
                .orElse(1);
        return least < LEVEL / before.length;
    }

    /** The same of results. */
    static boolean rings(List<Result> before, List<Result> now) {
        int n = Math.min(before.size(), now.size());
        return rings(sorted(before, n), sorted(now, n));
    }
}
