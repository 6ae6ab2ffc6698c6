package dev.hemline.trainer.reservoir;

import dev.hemline.event.GroundTruth;
import java.time.Instant;

/**
 * What one labeller says that a picture shows.
 *
 * @param by who says so, cut to 100 characters; empty for all who do not tell
 * @param label the class, an index into the model's labels
 * @param labelledAt when they found out, by their own clock
 * @param arrivedAt when it came, by the brokers' clock
 */
public record Vote(String by, int label, Instant labelledAt, Instant arrivedAt) {
    private static final int MOST_CHARS = 100;

    static Vote of(GroundTruth truth, Instant arrivedAt) {
        return new Vote(name(truth.getBy()), truth.getLabel(), truth.getLabelledAt(), arrivedAt);
    }

    /** As labellers are called here. */
    public static String name(String by) {
        return by.substring(0, Math.min(by.length(), MOST_CHARS));
    }
}
