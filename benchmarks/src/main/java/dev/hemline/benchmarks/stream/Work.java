package dev.hemline.benchmarks.stream;

import java.time.Duration;

/**
 * Some events, done with.
 *
 * @param wall how long that took
 * @param processor time of all processes that classify meanwhile
 */
public record Work(long events, Duration wall, Duration processor) {
    public static final Work NONE = new Work(0, Duration.ZERO, Duration.ZERO);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    public Work plus(Work more) {
        return new Work(events + more.events, wall.plus(more.wall), processor.plus(more.processor));
    }

    /** What is left of it if only some of it counts. */
    public Work minus(Work some) {
        return new Work(events - some.events, wall.minus(some.wall), processor.minus(some.processor));
    }

    public double eventsPerSecond() {
        return events / (wall.toNanos() / NANOS_PER_SECOND);
    }

    /** Of processor time, per event. */
    public double processorMicros() {
        return processor.toNanos() / NANOS_PER_MICRO / events;
    }
}
