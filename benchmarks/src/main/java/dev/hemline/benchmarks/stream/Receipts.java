package dev.hemline.benchmarks.stream;

import dev.hemline.event.Classification;
import java.util.Set;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What one reader gets of one load after the other. For any thread. */
final class Receipts {
    private static final int DIGITS = 3;

    private final Histogram millis = new Histogram(DIGITS);
    private final Set<Integer> versions = new TreeSet<>();
    private @Nullable Schedule schedule;
    private int received;

    /** From now on it is this load's results that count. */
    synchronized void expect(Schedule next) {
        schedule = next;
        millis.reset();
        versions.clear();
        received = 0;
    }

    /** Quantiles in milliseconds of so many results. */
    record Latency(long results, long p50, long p99, long p999, long max) {}

    /**
     * Takes a result down if it is one of the load's.
     *
     * @param at milliseconds since 1970
     */
    synchronized void take(Classification result, long at) {
        if (schedule == null || !schedule.has(result.getId())) {
            return;
        }
        received++;
        if (schedule.counts(schedule.event(result.getId()))) {
            // Both are cut to milliseconds, so a result of the same one may seem to be 1 ms early.
            millis.recordValue(Math.max(0, at - result.getCapturedAt().toEpochMilli()));
            versions.add(result.getModelVersion());
        }
    }

    /** Results so far, those that do not count included. */
    synchronized int received() {
        return received;
    }

    /** How often another version took over among those that count. */
    synchronized int swaps() {
        return Math.max(0, versions.size() - 1);
    }

    /** Of those that count. */
    synchronized Latency latency() {
        return new Latency(
                millis.getTotalCount(),
                millis.getValueAtPercentile(50),
                millis.getValueAtPercentile(99),
                millis.getValueAtPercentile(99.9),
                millis.getMaxValue());
    }
}
