package dev.hemline.producer;

import java.time.Duration;
import java.util.Locale;

/**
 * What a producer has done; only what Kafka acknowledged counts.
 *
 * @param images image events as they should be
 * @param bad image events that a classifier has to refuse
 * @param labels true labels sent after the fact
 * @param elapsed from the first event to the last
 */
public record Summary(long images, long bad, long labels, Duration elapsed) {

    /** Image events, good and bad. */
    public long sent() {
        return images + bad;
    }

    /** Image events per second between the first and the last; 0 for fewer than two. */
    public double rate() {
        return sent() < 2 || elapsed.isZero() ? 0 : (sent() - 1) * 1e9 / elapsed.toNanos();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "sent %,d events in %.1f s (%,.1f/s): %,d images, %,d bad; %,d late labels",
                sent(),
                elapsed.toMillis() / 1000.0,
                rate(),
                images,
                bad,
                labels);
    }
}
