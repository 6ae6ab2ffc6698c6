package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hemline.quality.score.ConfidenceCell;
import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.source.SourceCounts;
import dev.hemline.quality.source.SourceRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one partition has counted, by {@link dev.hemline.quality.score.ConfusionCell} as text.
 *
 * @param total results of all times
 * @param recent results of a {@link Span}
 * @param confidences all results of a {@link Span}, by {@link ConfidenceCell} as text; null like {@code sources}
 * @param sources of all times, by {@link SourceRow} as text; null from an instance of a release that does not count by source, and for one
 */
record PartitionCounts(
        Map<String, Long> total,
        Map<String, Long> recent,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Long> confidences,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, SourceCounts> sources) {
    PartitionCounts {
        total = cells(total);
        recent = cells(recent);
        confidences = confidences == null ? null : confidenceCells(confidences);
        sources = sources == null ? null : rows(sources);
    }

    /** As an instance of a release that does not count by source reads it. */
    PartitionCounts withoutSources() {
        return new PartitionCounts(total, recent, null, null);
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

    private static Map<String, Long> confidenceCells(Map<String, Long> counts) {
        counts.forEach((cell, results) -> {
            if (ConfidenceCell.parse(cell).isEmpty() || results <= 0) {
                throw new IllegalArgumentException("What should be results by confidence is not");
            }
        });
        return Map.copyOf(counts);
    }

    private static Map<String, SourceCounts> rows(Map<String, SourceCounts> counts) {
        if (!counts.keySet().stream().allMatch(row -> SourceRow.parse(row).isPresent())) {
            throw new IllegalArgumentException("What should be a source of a version is none");
        }
        return Map.copyOf(counts);
    }
}
