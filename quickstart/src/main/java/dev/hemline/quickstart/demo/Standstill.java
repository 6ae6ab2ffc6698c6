package dev.hemline.quickstart.demo;

import java.time.Duration;
import java.time.Instant;

/** Notices that something which should go on has stopped going on. */
final class Standstill {
    private final Duration patience;
    private long progress = -1;
    private Instant since = Instant.MAX;

    /** @param patience how long the progress may stay the same */
    Standstill(Duration patience) {
        this.patience = patience;
    }

    /** @param now asked again and again with what has been reached by then */
    boolean reached(long progressNow, Instant now) {
        if (progressNow != progress) {
            progress = progressNow;
            since = now;
        }
        return Duration.between(since, now).compareTo(patience) > 0;
    }
}
