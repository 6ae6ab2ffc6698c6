package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import java.util.List;

/**
 * What to measure.
 *
 * @param contenders in the order of their turns; the others are compared with the first
 * @param events in the backlog
 * @param rounds in each, every contender works the whole backlog off once; at least 1
 * @param model that classifies
 * @param guarantee that every contender gives
 */
record StreamSettings(List<Way> contenders, int events, int rounds, PeerModel model, Guarantee guarantee) {
    /** Share of the backlog with which compilers and allocators settle; it does not count. */
    static final double WARM_UP = 0.2;

    /** Where two threads have a core each; both of a small machine's. */
    static final int THREADS = 2;

    static final int MAX_BATCH = 128;

    StreamSettings {
        require(!contenders.isEmpty(), "--contenders needs at least one");
        require(events >= 1000 && events <= 10_000_000, "--events is 1000 to 10000000, not " + events);
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
