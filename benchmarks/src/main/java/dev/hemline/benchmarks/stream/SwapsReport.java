package dev.hemline.benchmarks.stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.runner.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param swaps model versions that took over from the one before, warm-up left out
 * @param nativeMemory of the classifier's process: what is resident beyond its heap
 * @param latencyMillis from the image's making to the reading of its committed result
 * @param seconds how long the swaps took
 */
record SwapsReport(
        int swaps,
        @JsonUnwrapped Outcomes outcomes,
        NativeMemory nativeMemory,
        SwapLatencies latencyMillis,
        double seconds)
        implements Report {
    /**
     * Native memory in bytes, each a median so that a model in the middle of loading does not count.
     *
     * @param before over the last swaps of the warm-up
     * @param after over the last swaps of all
     * @param highest at any moment, loading included
     * @param growth after ÷ before − 1
     */
    record NativeMemory(long before, long after, long highest, double growth) {
        /** @param bytes resident beyond the heap */
        record Sample(Instant at, long bytes) {}

        /** Compares two spans of time; the end of each is included. */
        static NativeMemory of(List<Sample> samples, Instant from, Instant until, Instant lateFrom, Instant lateUntil) {
            long before = median(samples, from, until);
            long after = median(samples, lateFrom, lateUntil);
            long highest = samples.stream().mapToLong(Sample::bytes).max().orElseThrow();
            return new NativeMemory(before, after, highest, (double) after / before - 1);
        }

        private static long median(List<Sample> samples, Instant from, Instant until) {
            long[] bytes = samples.stream()
                    .filter(sample -> sample.at().isAfter(from) && !sample.at().isAfter(until))
                    .mapToLong(Sample::bytes)
                    .sorted()
                    .toArray();
            if (bytes.length == 0) {
                throw new IllegalArgumentException("no sample between " + from + " and " + until);
            }
            return bytes[bytes.length / 2];
        }
    }

    /** Quantiles in milliseconds of so many results. */
    record Latency(long results, long p50, long p99, long max) {
        private static Latency of(Histogram histogram) {
            return new Latency(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getMaxValue());
        }
    }

    /**
     * A result as a reader of committed results saw it.
     *
     * @param version the model that answered
     * @param classifiedAt milliseconds since 1970
     * @param latencyMillis from the image's making to its reading
     */
    record Result(int version, long classifiedAt, long latencyMillis) {}

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
            List<Result> counted =
                    results.stream().filter(result -> result.version() > after).toList();
            Map<Integer, Long> firstAnswers = new TreeMap<>();
            counted.forEach(result -> firstAnswers.merge(result.version(), result.classifiedAt(), Math::min));
            var swaps = new TreeSet<>(firstAnswers.values());
            var around = new Histogram(DIGITS);
            var steady = new Histogram(DIGITS);
            for (Result result : counted) {
                (isNear(swaps, result.classifiedAt()) ? around : steady)
                        .recordValue(Math.max(0, result.latencyMillis()));
            }
            return new SwapLatencies(Latency.of(around), Latency.of(steady));
        }

        private static boolean isNear(TreeSet<Long> swaps, long at) {
            Long before = swaps.floor(at);
            Long next = swaps.ceiling(at);
            return (before != null && at - before <= HALF_A_SECOND) || (next != null && next - at <= HALF_A_SECOND);
        }
    }

    @Override
    public boolean passed() {
        return outcomes.exactlyOnce();
    }
}
