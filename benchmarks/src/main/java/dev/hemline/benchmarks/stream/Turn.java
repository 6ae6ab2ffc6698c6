package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.process.ProcessorTime;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;

/**
 * One way working the backlog off once, after its warm-up.
 *
 * @param eventsPerSecond committed, so that readers see the results
 * @param processorMicros of the classifying process, per event
 */
public record Turn(double eventsPerSecond, double processorMicros) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final double MICROS = 1e6;

    /** A moment in it. */
    private record Mark(long events, Instant at, Duration processorTime) {}

    /**
     * Watches until the backlog is done with. Where it is so short that one commit takes most of it, the whole turn counts, with
     * the process's start.
     *
     * @param events in the backlog
     */
    public static Turn watch(ChildProcess process, GroupOffsets offsets, long events) throws InterruptedException {
        var time = new ProcessorTime(process.pid());
        Mark start = new Mark(0, Instant.now(), time.used());
        Mark warm = await(process, time, offsets, Math.round(events * StreamSettings.WARM_UP));
        Mark end = await(process, time, offsets, events);
        Mark from = warm.events() <= events / 2 ? warm : start;
        double counted = (double) end.events() - from.events();
        double seconds = Duration.between(from.at(), end.at()).toNanos() / 1e9;
        double processorSeconds =
                end.processorTime().minus(from.processorTime()).toNanos() / 1e9;
        return new Turn(counted / seconds, processorSeconds / counted * MICROS);
    }

    private static Mark await(ChildProcess process, ProcessorTime time, GroupOffsets offsets, long events)
            throws InterruptedException {
        long last = -1;
        Instant deadline = Instant.now();
        while (true) {
            process.requireRunning();
            var mark = new Mark(offsets.sum(Topics.IMAGE_EVENTS), Instant.now(), time.used());
            if (mark.events() >= events) {
                return mark;
            }
            if (mark.events() > last) {
                last = mark.events();
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("No event was done with for " + PATIENCE.toSeconds() + " s, after " + last
                        + "; see " + process.log());
            }
            Thread.sleep(TICK.toMillis());
        }
    }
}
