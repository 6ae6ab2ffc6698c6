package dev.hemline.quality.accuracy;

import dev.hemline.quality.score.ScoreState;
import dev.hemline.quality.score.ScoreStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/** The partitions that this instance has right now. */
final class LocalCounts implements CountSource {
    private final ScoreStream scores;

    LocalCounts(ScoreStream scores) {
        this.scores = scores;
    }

    @Override
    public String name() {
        return "this instance";
    }

    @Override
    public CompletableFuture<Map<Integer, PartitionCounts>> counts(Span recent) {
        return CompletableFuture.completedFuture(read(recent));
    }

    Map<Integer, PartitionCounts> read(Span recent) {
        Map<Integer, PartitionCounts> found = new TreeMap<>();
        for (int partition = 0; partition < scores.partitions(); partition++) {
            try {
                found.put(partition, new PartitionCounts(total(partition), recent(partition, recent)));
            } catch (InvalidStateStoreException | IllegalStateException e) {
                // Another instance's, or moving between two, or not restored yet: not here, as far as this goes.
                found.remove(partition);
            }
        }
        return found;
    }

    private Map<String, Long> total(int partition) {
        ReadOnlyKeyValueStore<String, Long> store =
                scores.store(ScoreState.CONFUSION, partition, QueryableStoreTypes.keyValueStore());
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(cell -> cells.put(cell.key, cell.value));
        }
        return cells;
    }

    private Map<String, Long> recent(int partition, Span span) {
        ReadOnlyWindowStore<String, Long> store =
                scores.store(ScoreState.CONFUSION_BY_MINUTE, partition, QueryableStoreTypes.windowStore());
        Map<String, Long> cells = new HashMap<>();
        try (KeyValueIterator<Windowed<String>, Long> minutes = store.fetchAll(span.from(), span.to())) {
            while (minutes.hasNext()) {
                KeyValue<Windowed<String>, Long> cell = minutes.next();
                cells.merge(cell.key.key(), cell.value, Long::sum);
            }
        }
        return cells;
    }
}
