package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.stream.Way;
import java.util.Locale;

/**
 * So many events a second, which every contender gets.
 *
 * @param of whose capacity it was made from
 * @param share of that
 * @param eventsPerSecond what that comes to
 */
record Load(Way of, double share, double eventsPerSecond) {

    /** For instance {@code 10 % of hemline}. */
    String title() {
        return String.format(Locale.ROOT, "%.0f %% of %s", share * 100, of.title());
    }
}
