package dev.hemline.quality.accuracy;

import dev.hemline.quality.score.ScoreState;
import dev.hemline.quality.score.ScoreStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** The partitions that this instance has right now. */
final class LocalCounts {
    private LocalCounts() {}

    static Map<Integer, PartitionCounts> of(ScoreStream scores, Span recent) {
        Map<Integer, PartitionCounts> found = new TreeMap<>();
        for (int partition = 0; partition < scores.partitions(); partition++) {
            try {
                found.put(partition, new PartitionCounts(total(scores, partition), recent(scores, partition, recent)));
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
            all.forEachRemaining(cell -> cells.put(cell.key, cell.value));
        }
        return cells;
    }

    private static Map<String, Long> recent(ScoreStream scores, int partition, Span span) {
        ReadOnlyWindowStore<String, Long> store =
                scores.store(ScoreState.CONFUSION_BY_MINUTE, partition, QueryableStoreTypes.windowStore());
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<Windowed<String>, Long> minutes = store.fetchAll(span.from(), span.to())) {
            minutes.forEachRemaining(cell -> cells.merge(cell.key.key(), cell.value, Long::sum));
        }
        return cells;
    }
}
