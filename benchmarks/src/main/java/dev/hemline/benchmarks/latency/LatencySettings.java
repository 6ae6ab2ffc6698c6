package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.Way;
import java.time.Duration;
import java.util.List;

/**
 * What to measure.
 *
 * @param contenders in the order of their turns; loads are shares of the first's capacity
 * @param shares of that capacity
 * @param counted how long each load lasts, after {@link #SETTLING}
 * @param warmUp how long a process is kept busy before its first load
 * @param rounds in each, every contender has one turn; at least 1
 * @param backlog events that each contender works off before, as far as it takes to find its capacity out
 * @param model that classifies
 */
record LatencySettings(
        List<Way> contenders,
        List<Double> shares,
        Duration counted,
        Duration warmUp,
        int rounds,
        int backlog,
        PeerModel model) {
    /** From one load to the next; does not count. */
    static final Duration SETTLING = Duration.ofSeconds(1);

    private static final Duration PER_SWAP = Duration.ofSeconds(10);

    LatencySettings {
        require(!contenders.isEmpty(), "--contenders needs at least one");
        require(!shares.isEmpty(), "--shares needs at least one");
        for (double share : shares) {
            require(share >= 0.001 && share < 1, "--shares are 0.001 to below 1, not " + share);
        }
        require(
                counted.toMillis() >= 100 && counted.toHours() < 1,
                "--seconds is 0.1 to 3600, not " + counted.toMillis() / 1e3);
        require(
                warmUp.toMillis() >= 100 && warmUp.toHours() < 1,
                "--warm-up is 0.1 to 3600, not " + warmUp.toMillis() / 1e3);
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
        require(backlog >= 2000 && backlog <= 10_000_000, "--backlog is 2000 to 10000000, not " + backlog);
    }

    /** Model versions that come inside of a load with swaps. */
    int swaps() {
        return (int) Math.max(1, counted.dividedBy(PER_SWAP));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
