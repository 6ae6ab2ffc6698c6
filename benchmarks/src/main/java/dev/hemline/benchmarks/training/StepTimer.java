package dev.hemline.benchmarks.training;

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
     * @param loss what it found
     * @return whether there is time for another
     * @throws IllegalStateException if the loss is no number: then nothing is learnt, which may be faster
     */
    boolean stepped(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("training diverged at step " + (steps + 1));
        }
        long now = clock.getAsLong();
        steps++;
        if (steps > warmUpSteps) {
            counted += now - from;
        }
        from = now;
        return counted < length;
    }

    /** What happened since the last step was no training. */
    void leaveOut() {
        from = clock.getAsLong();
    }

    /** Steps per second, of those that count. */
    double stepsPerSecond() {
        return (steps - warmUpSteps) / (counted / NANOS);
    }
}
