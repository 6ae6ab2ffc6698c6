package dev.hemline.benchmarks.latency;

import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.testbed.tap.GroupOffsets;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast a process works off events that have long been there. It is given time until its code is compiled, so that a slow
 * contender need not see as many events as a fast one; where the events do not last as long, the first half does not count.
 */
final class Drain {
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration COUNTED = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(50);

    private final ChildProcess process;
    private final GroupOffsets offsets;
    private final long events;

    /** A moment in it. */
    private record Mark(long events, Instant at) {}

    /** @param events in the backlog, the group's first */
    Drain(ChildProcess process, GroupOffsets offsets, long events) {
        this.process = process;
        this.offsets = offsets;
        this.events = events;
    }

    /** Takes half a minute at most, once the process is there. If one commit takes most of it, its start counts too. */
    double eventsPerSecond() throws InterruptedException {
        Mark start = new Mark(0, Instant.now());
        Mark first = await(1, PATIENCE);
        if (first.events() == 0) {
            throw new UserError("No event was done with for " + PATIENCE.toSeconds() + " s; see " + process.log());
        }
        Mark warm = await(events / 2, WARM_UP);
        Mark end = await(events, COUNTED);
        Mark from = warm.events() <= events / 2 && warm.events() < end.events() ? warm : start;
        return (end.events() - from.events())
                * 1e9
                / Duration.between(from.at(), end.at()).toNanos();
    }

    /** Until so many are done with, or so much time has passed. */
    private Mark await(long enough, Duration longest) throws InterruptedException {
        Instant end = Instant.now().plus(longest);
        while (true) {
            process.requireRunning();
            var mark = new Mark(offsets.sum(Topics.IMAGE_EVENTS), Instant.now());
            if (mark.events() >= enough || mark.at().isAfter(end)) {
                return mark;
            }
            Thread.sleep(TICK.toMillis());
        }
    }
}
