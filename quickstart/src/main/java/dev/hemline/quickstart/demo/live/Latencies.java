package dev.hemline.quickstart.demo.live;

import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Latencies of the whole run, and of the last thousand results, which is what is happening now. */
final class Latencies {
    private static final int RECENT = 1000;
    private static final long MAX_MILLIS = Duration.ofHours(1).toMillis();

    private static final Duration MAX = Duration.ofMillis(MAX_MILLIS);

    private final Histogram all = new Histogram(MAX_MILLIS, 3);
    private final Histogram recent = new Histogram(MAX_MILLIS, 3);
    private final long[] ring = new long[RECENT];

    void add(Duration latency) {
        // Clocks of other machines may run ahead of ours.
        long millis = latency.isNegative() ? 0 : latency.compareTo(MAX) > 0 ? MAX_MILLIS : latency.toMillis();
        int slot = (int) (all.getTotalCount() % RECENT);
        if (all.getTotalCount() >= RECENT) {
            recent.recordValueWithCount(ring[slot], -1);
        }
        ring[slot] = millis;
        recent.recordValue(millis);
        all.recordValue(millis);
    }

    Optional<Quantiles> ofTheRun() {
        return quantiles(all);
    }

    Optional<Quantiles> ofTheLast() {
        return quantiles(recent);
    }

    private static Optional<Quantiles> quantiles(Histogram histogram) {
        return histogram.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(new Quantiles(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99)));
    }
}
