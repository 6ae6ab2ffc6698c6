package dev.hemline.quality.drift;

import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.score.ScoreState;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.WriterSchemas;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state of drift detection: in memory, since it is bounded, and on changelog topics, which caches keep short. */
final class DriftStores {
    /** {@link PendingBatch} of each version and source. */
    static final String PENDING = "pending-batches";
    /** Which sources are the busiest. */
    static final String SOURCES = "sources";
    /** How far detection is, by version and source. */
    static final String WATCHES = "watches";

    private DriftStores() {}

    static Set<StoreBuilder<?>> batching() {
        return Set.of(store(PENDING, Serdes.ByteArray()), store(SOURCES, Serdes.ByteArray()));
    }

    static Set<StoreBuilder<?>> watching(WriterSchemas writers) {
        return Set.of(store(
                WATCHES,
                ScoreState.readable(EventSerde.of(DriftWatchState.class).reading(writers))));
    }

    private static <V> StoreBuilder<?> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values)
                .withCachingEnabled();
    }
}
