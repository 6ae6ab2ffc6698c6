package dev.hemline.benchmarks.swaps;

import java.time.Duration;

/**
 * What to measure.
 *
 * @param swaps how many swaps count, at least 10
 * @param warmUp swaps before them, in which compilers and allocators settle, at least 1
 * @param every shortest time between two swaps
 * @param rate image events per second
 * @param network as {@link dev.hemline.model.network.Networks} knows it
 */
record SwapsSettings(int swaps, int warmUp, Duration every, double rate, String network) {
    SwapsSettings {
        require(swaps >= 10 && swaps <= 100_000, "--swaps is 10 to 100000, not " + swaps);
        require(warmUp >= 1 && warmUp <= 10_000, "--warm-up is 1 to 10000, not " + warmUp);
        require(
                every.toMillis() >= 1000,
                "--every is at least 1 s, the time around a swap that is compared, not " + every.toMillis() + " ms");
        require(rate >= 1 && rate <= 100_000, "--rate is 1 to 100000 events per second, not " + rate);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
