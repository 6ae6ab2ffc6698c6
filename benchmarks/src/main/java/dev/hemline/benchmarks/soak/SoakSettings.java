package dev.hemline.benchmarks.soak;

import java.time.Duration;

/**
 * What to do for how long.
 *
 * @param events image events in all
 * @param swapEvery time between two model versions
 * @param network as {@link dev.hemline.model.network.Networks} knows it
 * @param labelWindow how long results and labels wait for each other, as the classifier's flag has it
 * @param scores whether the classifier joins results with labels, and so keeps local state
 */
record SoakSettings(long events, Duration swapEvery, String network, String labelWindow, boolean scores) {
    /** The share of the events in which compilers, allocators and caches settle; it is left out of the trends. */
    static final double WARM_UP = 0.25;

    SoakSettings {
        require(events >= 10_000, "--events is at least 10000, not " + events);
        require(swapEvery.toMillis() >= 500, "--swap-every is at least 0.5 s, not " + swapEvery.toMillis() + " ms");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
