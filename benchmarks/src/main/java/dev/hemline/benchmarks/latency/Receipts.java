package dev.hemline.benchmarks.latency;

import dev.hemline.event.Classification;
import java.util.Set;
import java.util.TreeSet;
import org.HdrHistogram.Histogram;

/** What one reader got of one load. For any thread. */
final class Receipts {
    private static final int DIGITS = 3;

    private final LoadIds ids;
    private final Schedule schedule;
    private final Histogram millis = new Histogram(DIGITS);
    private final Set<Integer> versions = new TreeSet<>();
    private int received;

    Receipts(LoadIds ids, Schedule schedule) {
        this.ids = ids;
        this.schedule = schedule;
    }

    /**
     * Takes a result down if it is one of this load's.
     *
     * @param at milliseconds since 1970
     */
    synchronized void take(Classification result, long at) {
        if (!ids.has(result.getId())) {
            return;
        }
        received++;
        if (schedule.counts(ids.event(result.getId()))) {
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
        return Latency.of(millis);
    }
}
