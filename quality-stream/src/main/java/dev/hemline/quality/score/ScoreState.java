package dev.hemline.quality.score;

import dev.hemline.event.Evidence;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state of scoring: on disk, in memory as much as {@link BoundedRocksDb} allows, and on changelog topics. */
public final class ScoreState {
    /** {@link ConfusionCell} as text to results, of all times. */
    public static final String CONFUSION = "confusion";
    /** The same, and {@link ConfidenceCell} as text to results, by the minute in which the model answered, for a day. */
    public static final String CONFUSION_BY_MINUTE = "confusion-by-minute";

    /** {@link dev.hemline.quality.source.SourceRow} as text to {@link dev.hemline.quality.source.SourceCounts}, of all times. */
    public static final String SOURCES = "sources";

    static final String EVIDENCE = "evidence";
    static final String CARRIED_HEADERS = "carried-headers";
    static final String WAITING_LABELS = "waiting-labels";
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<Long> COUNT = readable(Serdes.Long());

    private ScoreState() {}

    /**
     * One that takes bytes which are nothing of the kind for nothing at all. What is restored, or lies on a topic between, anybody
     * may have written who may write there, and an exception would come again after every restart.
     */
    public static <T> Serde<T> readable(Serde<T> strict) {
        Deserializer<T> reader = strict.deserializer();
        return Serdes.serdeFrom(strict.serializer(), (topic, bytes) -> {
            try {
                return reader.deserialize(topic, bytes);
            } catch (SerializationException e) {
                return null;
            }
        });
    }

    /** To return from {@link ProcessorSupplier#stores}. A few cells change all the time: caches keep changelogs short. */
    static Set<StoreBuilder<?>> stores(Duration window, WriterSchemas writers) {
        // An order that stays: where two names hash alike, a topology lists them as they come.
        return new LinkedHashSet<>(List.of(
                Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(EVIDENCE, window, window, false),
                        TEXT,
                        readable(EventSerde.of(Evidence.class).reading(writers))),
                Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(CARRIED_HEADERS, window, window, false), TEXT, Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(WAITING_LABELS), TEXT, Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CONFUSION), TEXT, COUNT)
                        .withCachingEnabled(),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SOURCES), TEXT, Serdes.ByteArray())
                        .withCachingEnabled(),
                Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(
                                        CONFUSION_BY_MINUTE,
                                        ConfusionMatrix.MINUTES_KEPT,
                                        ConfusionMatrix.MINUTE,
                                        false),
                                TEXT,
                                COUNT)
                        .withCachingEnabled()));
    }
}
