package dev.hemline.benchmarks.inference;

import dev.hemline.model.network.Networks;
import java.time.Duration;
import java.util.List;

/**
 * What to measure.
 *
 * @param network by name
 * @param batches images per call, in the order of the table
 * @param rounds in each, every contender has one turn with every batch size; at least 1
 * @param turn how long the calls of a turn take together
 */
record InferenceSettings(String network, List<Integer> batches, int rounds, Duration turn) {
    InferenceSettings {
        Networks.requireKnown(network);
        require(!batches.isEmpty(), "--batches needs at least one size");
        for (int batch : batches) {
            require(batch >= 1 && batch <= 4096, "--batches are 1 to 4096, not " + batch);
        }
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
        require(turn.toMillis() >= 10 && turn.toHours() < 1, "--seconds is 0.01 to 3600, not " + turn.toMillis() / 1e3);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
