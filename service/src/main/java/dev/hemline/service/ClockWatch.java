package dev.hemline.service;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends an app whose machine's clock was set back. Kafka's clients measure time by that clock: heartbeats and commits would
 * wait until it has caught up, for hours perhaps, while everything looks well. Started again, the app has no memory of the
 * other time, and nothing is lost.
 */
public final class ClockWatch implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MS = 1_000;
    /** Half of what group sessions and transactions last: less is made up for before anybody notices. */
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final LongSupplier wallMillis;
    private final LongSupplier nanoTime;
    private final Runnable end;
    private final ScheduledExecutorService thread = DaemonThreads.scheduled("clock-watch");
    private long aheadMillis;
    private volatile long backMillis;

    ClockWatch(LongSupplier wallMillis, LongSupplier nanoTime, Runnable end) {
        this.wallMillis = wallMillis;
        this.nanoTime = nanoTime;
        this.end = end;
        aheadMillis = ahead();
    }

    /** @param stop asked for the end if the clock goes back */
    public static ClockWatch start(StopSignal stop) {
        var watch = new ClockWatch(System::currentTimeMillis, System::nanoTime, stop::request);
        var unused = watch.thread.scheduleAtFixedRate(
                watch::look, BETWEEN_LOOKS_MS, BETWEEN_LOOKS_MS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** How far the clock is ahead of one that nobody can set. */
    private long ahead() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }

    void look() {
        long now = ahead();
        if (aheadMillis - now > TOLERATED.toMillis()) {
            backMillis = aheadMillis - now;
            end.run();
        }
        aheadMillis = now;
    }

    /** @throws UserError if the clock was set back */
    public void requireSteady() {
        if (backMillis > 0) {
            throw new UserError("This machine's clock went back by " + TimeUnit.MILLISECONDS.toSeconds(backMillis)
                    + " s, and Kafka's clients would stand still until it has caught up; start this again, nothing is"
                    + " lost");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
