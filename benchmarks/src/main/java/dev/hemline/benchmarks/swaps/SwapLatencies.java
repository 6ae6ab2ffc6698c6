package dev.hemline.benchmarks.swaps;

import dev.hemline.benchmarks.swaps.SwapsReport.Latency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/**
 * Latencies in the second around a swap, half before and half after, and all the others. A swap is when a version first
 * answered.
 *
 * @param aroundSwaps results classified within half a second of a swap
 * @param steady all other results
 */
record SwapLatencies(Latency aroundSwaps, Latency steady) {
    private static final long HALF_A_SECOND = 500;
    private static final int DIGITS = 3;

    /** @param after versions up to this one belong to the warm-up; neither their swaps nor their results count */
    static SwapLatencies of(List<Result> results, int after) {
        TreeSet<Long> swaps = swaps(results, after);
        Histogram around = new Histogram(DIGITS);
        Histogram steady = new Histogram(DIGITS);
        for (Result result : results) {
            if (result.version() > after) {
                (isNear(swaps, result.classifiedAt()) ? around : steady)
                        .recordValue(Math.max(0, result.latencyMillis()));
            }
        }
        return new SwapLatencies(Latency.of(around), Latency.of(steady));
    }

    private static TreeSet<Long> swaps(List<Result> results, int after) {
        Map<Integer, Long> firstAnswers = new TreeMap<>();
        results.stream()
                .filter(result -> result.version() > after)
                .forEach(result -> firstAnswers.merge(result.version(), result.classifiedAt(), Math::min));
        return new TreeSet<>(firstAnswers.values());
    }

    private static boolean isNear(TreeSet<Long> swaps, long at) {
        Long before = swaps.floor(at);
        Long next = swaps.ceiling(at);
        return (before != null && at - before <= HALF_A_SECOND) || (next != null && next - at <= HALF_A_SECOND);
    }
}
