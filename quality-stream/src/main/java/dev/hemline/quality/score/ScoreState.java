package dev.hemline.quality.score;

import dev.hemline.event.Evidence;
import dev.hemline.topic.EventSerde;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The state of scoring: on disk, in memory as much as {@link BoundedRocksDb} allows, and on changelog topics. */
public final class ScoreState {
    /** {@link ConfusionCell} as text to results, of all times. */
    public static final String CONFUSION = "confusion";
    /** The same by the minute in which the model answered, for a day. */
    public static final String CONFUSION_BY_MINUTE = "confusion-by-minute";

    static final String EVIDENCE = "evidence";
    static final String WAITING_LABELS = "waiting-labels";
    private static final Serde<String> TEXT = Serdes.String();

    private ScoreState() {}

    /** To return from {@link ProcessorSupplier#stores}. A few cells change all the time: caches keep changelogs short. */
    static Set<StoreBuilder<?>> stores(Duration window) {
        return Set.of(
                Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(EVIDENCE, window, window, false),
                        TEXT,
                        EventSerde.of(Evidence.class)),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(WAITING_LABELS), TEXT, Serdes.ByteArray()),
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CONFUSION), TEXT, Serdes.Long())
                        .withCachingEnabled(),
                Stores.windowStoreBuilder(
                                Stores.persistentWindowStore(
                                        CONFUSION_BY_MINUTE,
                                        ConfusionMatrix.MINUTES_KEPT,
                                        ConfusionMatrix.MINUTE,
                                        false),
                                TEXT,
                                Serdes.Long())
                        .withCachingEnabled());
    }
}
