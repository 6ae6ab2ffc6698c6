package dev.hemline.page;

import dev.hemline.classifier.outcome.Outcome.Rejected;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts rejects by reason, and keeps the newest messages. Thread-safe. */
final class RejectCounts {
    private static final int NEWEST = 6;
    private static final int MAX_MESSAGE_CHARS = 300;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Deque<Reject> newest = new ArrayDeque<>();

    /** @param at milliseconds since 1970 */
    record Reject(long at, String reason, String message) {}

    /**
     * All so far.
     *
     * @param counts by reason
     * @param newest first
     */
    record Rejects(Map<String, Long> counts, List<Reject> newest) {}

    synchronized void rejected(Rejected rejected, Instant now) {
        String reason = rejected.reason().code();
        String message = rejected.message();
        counts.merge(reason, 1L, Long::sum);
        newest.addFirst(new Reject(
                now.toEpochMilli(), reason, message.substring(0, Math.min(MAX_MESSAGE_CHARS, message.length()))));
        if (newest.size() > NEWEST) {
            newest.removeLast();
        }
    }

    synchronized Rejects soFar() {
        return new Rejects(Map.copyOf(counts), List.copyOf(newest));
    }
}
