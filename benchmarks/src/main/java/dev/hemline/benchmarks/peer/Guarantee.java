package dev.hemline.benchmarks.peer;

import java.time.Duration;
import java.util.Locale;

/** How often a result may be there when something crashes. */
public enum Guarantee {
    EXACTLY_ONCE_V2,
    AT_LEAST_ONCE;

    /** How long whoever classifies goes on until it commits: as long as Kafka Streams does by itself, exactly once. */
    public static final Duration COMMIT = Duration.ofMillis(100);

    /** As Kafka Streams spells it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
