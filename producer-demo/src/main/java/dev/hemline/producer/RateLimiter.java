package dev.hemline.producer;

import java.time.Duration;

/**
 * Keeps a rate exactly over time: event k is due k intervals after the start, however late the ones before were, so that
 * sleeping too long never adds up. After a pause the missed events are caught up at twice the rate, in bursts of about
 * twenty milliseconds' worth, instead of all at once.
 */
final class RateLimiter {

    private static final long BURST_NANOS = Duration.ofMillis(10).toNanos();

    private final Ticker ticker;
    private final double intervalNanos;
    private final long start;
    private long passed;
    private double catchUpFrom;

    /** @param rate events per second; 0 for no limit */
    RateLimiter(double rate, Ticker ticker) {
        this.ticker = ticker;
        this.intervalNanos = rate == 0 ? 0 : Duration.ofSeconds(1).toNanos() / rate;
        this.start = ticker.nanoTime();
    }

    /** How long until the next event may pass; 0 for now. */
    long nanosUntilNext() {
        if (intervalNanos == 0) {
            return 0;
        }
        double due = Math.max(passed * intervalNanos, catchUpFrom);
        return Math.max(0, (long) Math.ceil(due - sinceStart()));
    }

    /** Tells that one event has passed. */
    void pass() {
        passed++;
        catchUpFrom = Math.max(catchUpFrom + intervalNanos / 2, (double) sinceStart() - BURST_NANOS);
    }

    private long sinceStart() {
        return ticker.nanoTime() - start;
    }
}
