package dev.hemline.quality.accuracy;

import dev.hemline.quality.score.ConfidenceCell;
import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.score.ScoreState;
import dev.hemline.quality.score.ScoreStream;
import dev.hemline.quality.source.SourceCounts;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.jspecify.annotations.Nullable;

/** The partitions that this instance has right now. */
final class LocalCounts {
    private LocalCounts() {}

    static Map<Integer, PartitionCounts> of(ScoreStream scores, Span recent) {
        Map<Integer, PartitionCounts> found = new TreeMap<>();
        for (int partition = 0; partition < scores.partitions(); partition++) {
            try {
                Map<String, Long> total = total(scores, partition);
                Map<String, SourceCounts> sources = sources(scores, partition);
                found.put(partition, recent(scores, partition, recent, total, sources));
            } catch (InvalidStateStoreException | IllegalStateException e) {
                // Another instance's, or moving between two, or not restored yet: not here, as far as this goes.
                found.remove(partition);
            }
        }
        return found;
    }

    private static Map<String, Long> total(ScoreStream scores, int partition) {
        ReadOnlyKeyValueStore<String, Long> store =
                scores.store(ScoreState.CONFUSION, partition, QueryableStoreTypes.keyValueStore());
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(cell -> {
                if (ConfusionCell.parse(cell.key).isPresent()) {
                    add(cells, cell.key, cell.value);
                }
            });
        }
        return cells;
    }

    private static Map<String, SourceCounts> sources(ScoreStream scores, int partition) {
        ReadOnlyKeyValueStore<String, byte[]> store =
                scores.store(ScoreState.SOURCES, partition, QueryableStoreTypes.keyValueStore());
        Map<String, SourceCounts> rows = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            all.forEachRemaining(row -> {
                if (SourceRow.parse(row.key).isPresent()) {
                    SourceCounts.of(row.value).ifPresent(counts -> rows.put(row.key, counts));
                }
            });
        }
        return rows;
    }

    /** Of versions that had to give way, minutes may still be there. */
    private static PartitionCounts recent(
            ScoreStream scores, int partition, Span span, Map<String, Long> total, Map<String, SourceCounts> sources) {
        ReadOnlyWindowStore<String, Long> store =
                scores.store(ScoreState.CONFUSION_BY_MINUTE, partition, QueryableStoreTypes.windowStore());
        Set<ModelKey.Manifest> kept = sources.keySet().stream()
                .flatMap(row -> SourceRow.parse(row).stream())
                .map(SourceRow::version)
                .collect(Collectors.toSet());
        Map<String, Long> last = new HashMap<>();
        Map<String, Long> confidences = new HashMap<>();
        try (KeyValueIterator<Windowed<String>, Long> minutes = store.fetchAll(span.from(), span.to())) {
            minutes.forEachRemaining(cell -> {
                String key = cell.key.key();
                Optional<ConfidenceCell> confidence = ConfidenceCell.parse(key);
                if (confidence.isEmpty() && total.containsKey(key)) {
                    add(last, key, cell.value);
                } else if (confidence
                        .filter(found -> kept.contains(found.version()))
                        .isPresent()) {
                    add(confidences, key, cell.value);
                }
            });
        }
        return new PartitionCounts(total, last, confidences, sources);
    }

    /** What is restored from topics may be anything. */
    private static void add(Map<String, Long> cells, String cell, @Nullable Long results) {
        if (results != null && results > 0) {
            cells.merge(cell, results, Long::sum);
        }
    }
}
