package dev.hemline.chaos;

import dev.hemline.chaos.naive.NaiveCommand;
import java.time.Duration;

/**
 * What to attack, for how long, and with what.
 *
 * @param length how long faults come
 * @param seed decides faults, models, bad events and labels
 * @param rate image events per second
 * @param modelEvery time between two versions
 */
record ChaosSettings(Duration length, long seed, double rate, Duration modelEvery, Design design) {
    /** How classifiers work. */
    enum Design {
        /** As ours do. */
        HEMLINE("classifier"),
        /** By buffering in a processor, which loses events. */
        NAIVE(NaiveCommand.VERB);

        private final String verb;

        Design(String verb) {
            this.verb = verb;
        }

        /** The verb that runs one. */
        String verb() {
            return verb;
        }

        /** Whether it judges results by labels. */
        boolean scores() {
            return this == HEMLINE;
        }
    }

    ChaosSettings {
        require(
                length.toSeconds() >= 1 && length.toHours() < 48,
                "--seconds is 1 to 172799, not " + length.toSeconds());
        require(rate >= 10 && rate <= 5_000, "--rate is 10 to 5000 events per second, not " + rate);
        require(modelEvery.toMillis() >= 500, "--model-every is at least 0.5 s, not " + modelEvery.toMillis() / 1e3);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
