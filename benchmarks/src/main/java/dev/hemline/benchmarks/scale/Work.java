package dev.hemline.benchmarks.scale;

import java.time.Duration;

/**
 * Some events, done with.
 *
 * @param wall from when they could be read until all their results were committed
 * @param processor time of all classifiers meanwhile
 */
record Work(long events, Duration wall, Duration processor) {
    static final Work NONE = new Work(0, Duration.ZERO, Duration.ZERO);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    Work plus(Work more) {
        return new Work(events + more.events, wall.plus(more.wall), processor.plus(more.processor));
    }

    double eventsPerSecond() {
        return events / (wall.toNanos() / NANOS_PER_SECOND);
    }

    /** Of processor time, per event. */
    double processorMicros() {
        return processor.toNanos() / NANOS_PER_MICRO / events;
    }
}
