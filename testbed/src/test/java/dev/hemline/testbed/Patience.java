package dev.hemline.testbed;

import java.time.Duration;

/** How long tests wait for what is going to happen. */
public final class Patience {
    /**
     * Says that something hangs, and nothing about speed: on two cores that other tests compute on as well, a JVM that takes
     * ten seconds by itself has been seen to take ninety.
     */
    public static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The same for browsers, in milliseconds. */
    public static final double PATIENCE_MS = PATIENCE.toMillis();

    private Patience() {}
}
