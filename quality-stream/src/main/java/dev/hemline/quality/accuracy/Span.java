package dev.hemline.quality.accuracy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The minutes that are looked at beside the total.
 *
 * @param from the beginning of the first minute
 * @param to the beginning of the last minute, the one under way
 */
record Span(Instant from, Instant to) {
    static final int LONGEST_MINUTES = Math.toIntExact(Duration.ofDays(1).toMinutes());

    /** @throws IllegalArgumentException in a sentence for whoever asked */
    static Span lastMinutes(int minutes, Instant now) {
        if (minutes < 1 || minutes > LONGEST_MINUTES) {
            throw new IllegalArgumentException("minutes is 1 to " + LONGEST_MINUTES + ", not " + minutes);
        }
        Instant last = now.truncatedTo(ChronoUnit.MINUTES);
        return new Span(last.minus(Duration.ofMinutes(minutes - 1L)), last);
    }
}
