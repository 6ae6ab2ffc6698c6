package dev.hemline.quality.metrics;

import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.SeriesLimits;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The confusion matrices as they stand in state, as far as this instance has them: corrected labels move from cell to cell,
 * and a restart begins where it ended. The sum over instances is exact.
 */
final class ConfusionSeries {
    private final MultiGauge cells;
    private final Map<ConfusionCell, Map<Integer, Long>> counted = new ConcurrentHashMap<>();

    ConfusionSeries(MeterRegistry registry) {
        cells = MultiGauge.builder("hemline.confusion")
                .description("Results by true and predicted class, of the partitions that this instance has")
                .baseUnit("results")
                .register(registry);
    }

    void count(int partition, ConfusionCell cell, long results) {
        if (Math.max(cell.actual(), cell.predicted()) < SeriesLimits.CELL_CLASSES) {
            counted.compute(cell, (key, before) -> {
                Map<Integer, Long> partitions = before == null ? new ConcurrentHashMap<>() : before;
                if (results == 0) {
                    partitions.remove(partition);
                } else {
                    partitions.put(partition, results);
                }
                return partitions.isEmpty() ? null : partitions;
            });
        }
    }

    void forget(int partition) {
        counted.keySet().forEach(cell -> count(partition, cell, 0));
    }

    Set<ModelKey.Manifest> versions() {
        return counted.keySet().stream().map(ConfusionCell::version).collect(Collectors.toSet());
    }

    void show(Set<ModelKey.Manifest> kept, LabelNames names) {
        List<Row<?>> rows = new ArrayList<>();
        counted.forEach((cell, partitions) -> {
            if (kept.contains(cell.version())) {
                names.of(cell.version()).ifPresent(known -> rows.add(row(cell, partitions, known)));
            }
        });
        cells.register(rows);
    }

    private static Row<?> row(ConfusionCell cell, Map<Integer, Long> partitions, List<String> names) {
        Tags tags = ScoreMetrics.tags(cell.version())
                .and("actual", LabelNames.name(names, cell.actual()))
                .and("predicted", LabelNames.name(names, cell.predicted()));
        return Row.of(tags, partitions, ConfusionSeries::sum);
    }

    private static double sum(Map<Integer, Long> partitions) {
        return partitions.values().stream().mapToLong(Long::longValue).sum();
    }
}
