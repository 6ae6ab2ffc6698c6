package dev.hemline.benchmarks.swaps;

import org.HdrHistogram.Histogram;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param swaps model versions that took over from the one before, warm-up left out
 * @param sent image events, warm-up included
 * @param lost events without a result
 * @param duplicated results beyond one per event
 * @param nativeMemory of the classifier's process: what is resident beyond its heap
 * @param latencyMillis from the image's making to the reading of its committed result
 * @param seconds how long the swaps took
 */
record SwapsReport(
        int swaps,
        long sent,
        long lost,
        long duplicated,
        NativeMemory nativeMemory,
        SwapLatencies latencyMillis,
        double seconds) {

    /**
     * Native memory in bytes, each a median so that a model in the middle of loading does not count.
     *
     * @param before over the last swaps of the warm-up
     * @param after over the last swaps of all
     * @param highest at any moment, loading included
     * @param growth after ÷ before − 1
     */
    record NativeMemory(long before, long after, long highest, double growth) {
        NativeMemory(long before, long after, long highest) {
            this(before, after, highest, (double) after / before - 1);
        }
    }

    /** Quantiles in milliseconds of so many results. */
    record Latency(long results, long p50, long p99, long max) {
        static Latency of(Histogram histogram) {
            return new Latency(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getMaxValue());
        }
    }

    boolean exactlyOnce() {
        return lost == 0 && duplicated == 0;
    }
}
