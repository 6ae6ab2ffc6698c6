package dev.hemline.quality.accuracy;

import java.util.Map;

/**
 * What one partition has counted, by {@link dev.hemline.quality.score.ConfusionCell} as text.
 *
 * @param total results of all times
 * @param recent results of a {@link Span}
 */
record PartitionCounts(Map<String, Long> total, Map<String, Long> recent) {
    PartitionCounts {
        total = Map.copyOf(total);
        recent = Map.copyOf(recent);
    }
}
