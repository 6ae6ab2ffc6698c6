package dev.hemline.benchmarks.latency;

import org.HdrHistogram.Histogram;

/** Quantiles in milliseconds of so many results. */
record Latency(long results, long p50, long p99, long p999, long max) {

    /** @param millis of each */
    static Latency of(Histogram millis) {
        return new Latency(
                millis.getTotalCount(),
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(99),
                millis.getValueAtPercentile(99.9),
                millis.getMaxValue());
    }
}
