package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.Way;
import java.util.List;

/**
 * What to measure.
 *
 * @param contenders in the order of their turns
 * @param versions of the model that stand on their topic, fewest first; only Hemline reads them
 * @param warmUp rounds before those that count, in which libraries come into the system's memory
 * @param rounds in each, every contender is started once; at least 1
 * @param model that classifies
 */
record StartupSettings(List<Way> contenders, List<Integer> versions, int warmUp, int rounds, PeerModel model) {
    StartupSettings {
        require(!contenders.isEmpty(), "--contenders needs at least one");
        require(!versions.isEmpty(), "--versions needs at least one number");
        versions = versions.stream().sorted().distinct().toList();
        for (int count : versions) {
            require(count >= 1 && count <= 100_000, "--versions are 1 to 100000, not " + count);
        }
        require(warmUp >= 0 && warmUp <= 100, "--warm-up is 0 to 100, not " + warmUp);
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
