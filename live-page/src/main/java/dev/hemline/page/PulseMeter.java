package dev.hemline.page;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Counts and times outcomes, and remembers the last minutes second by second. Thread-safe. */
final class PulseMeter {
    static final int REMEMBERED = 600;

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int DIGITS = 2;

    private final LongAdder rejects = new LongAdder();
    private final Recorder latencies = new Recorder(1, LONGEST.toMillis(), DIGITS);
    private final Deque<Pulse> last = new ArrayDeque<>();
    private Instant beatBefore;

    /**
     * One second of this instance.
     *
     * @param at when it ended, in milliseconds since 1970
     * @param results events that a model answered, per second
     * @param rejects events that went to the dead letters, per second
     * @param p50 milliseconds from capture to answer that half of the results took at most; null without results
     * @param p99 the same for 99 of 100
     */
    record Pulse(
            long at,
            double results,
            double rejects,
            @Nullable Double p50,
            @Nullable Double p99) {}

    PulseMeter(Instant start) {
        beatBefore = start;
    }

    void outcome(Outcome outcome) {
        if (outcome instanceof Classified classified) {
            latencies.recordValue(classified.latencyMillis(LONGEST));
        } else {
            rejects.increment();
        }
    }

    /** What happened since the beat before. */
    synchronized Pulse beat(Instant now) {
        double seconds = (double) Math.max(1, Duration.between(beatBefore, now).toMillis()) / 1e3;
        beatBefore = now;
        Histogram since = latencies.getIntervalHistogram();
        boolean any = since.getTotalCount() > 0;
        Pulse pulse = new Pulse(
                now.toEpochMilli(),
                (double) since.getTotalCount() / seconds,
                rejects.sumThenReset() / seconds,
                any ? (double) since.getValueAtPercentile(50) : null,
                any ? (double) since.getValueAtPercentile(99) : null);
        last.addLast(pulse);
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
        return pulse;
    }

    /** Oldest first. */
    synchronized List<Pulse> history() {
        return List.copyOf(last);
    }
}
