package dev.hemline.quality.accuracy;

import dev.hemline.quality.score.ConfusionCell;
import java.util.Map;

/**
 * What one partition has counted, by {@link dev.hemline.quality.score.ConfusionCell} as text.
 *
 * @param total results of all times
 * @param recent results of a {@link Span}
 */
record PartitionCounts(Map<String, Long> total, Map<String, Long> recent) {
    PartitionCounts {
        total = cells(total);
        recent = cells(recent);
    }

    /** @throws IllegalArgumentException if these are no cells: another instance may be of another release, or none of ours */
    private static Map<String, Long> cells(Map<String, Long> counts) {
        counts.forEach((cell, results) -> {
            if (ConfusionCell.parse(cell).isEmpty() || results <= 0) {
                throw new IllegalArgumentException("What should be a cell of a confusion matrix is none");
            }
        });
        return Map.copyOf(counts);
    }
}
