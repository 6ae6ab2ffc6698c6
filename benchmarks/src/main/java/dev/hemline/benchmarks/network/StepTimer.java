package dev.hemline.benchmarks.network;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Times a turn: so many steps to warm up, then steps for a while, and whatever lies between two of them. */
final class StepTimer {
    private static final double NANOS = 1e9;

    private final int warmUpSteps;
    private final long length;
    private final LongSupplier clock;
    private int steps;
    private long counted;
    private long from;

    /**
     * @param warmUpSteps steps that do not count, at least 1
     * @param length of those that do, together
     * @param clock nanoseconds since whenever
     */
    StepTimer(int warmUpSteps, Duration length, LongSupplier clock) {
        this.warmUpSteps = warmUpSteps;
        this.length = length.toNanos();
        this.clock = clock;
    }

    /**
     * A step has just ended.
     *
     * @return whether there is time for another
     */
    boolean stepped() {
        long now = clock.getAsLong();
        steps++;
        if (steps > warmUpSteps) {
            counted += now - from;
        }
        from = now;
        return counted < length;
    }

    /** What happened since the last step does not count. */
    void leaveOut() {
        from = clock.getAsLong();
    }

    /** Steps per second, of those that count. */
    double stepsPerSecond() {
        return (steps - warmUpSteps) / (counted / NANOS);
    }
}
