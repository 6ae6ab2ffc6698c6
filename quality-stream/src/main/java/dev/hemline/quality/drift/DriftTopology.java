package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftWatchState;
import dev.hemline.quality.score.ScoreState;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What results add up to where they are scored meets, by version and source, in one partition, and is watched there. So the work
 * grows with partitions, and a tenth of the records travels at most.
 */
public final class DriftTopology {
    /** How far detection is, by version and source: in memory, since it is bounded, and on a changelog topic, which caches keep short. */
    static final String WATCHES = "watches";

    private DriftTopology() {}

    /**
     * The topology, its nodes named.
     *
     * @param falseAlarms about pictures expected at most in a million results, while nothing changes
     */
    static Topology build(double falseAlarms, References references, DriftListener listener, WriterSchemas writers) {
        EventSerde<DriftBatch> batches = EventSerde.of(DriftBatch.class).reading(writers);
        StreamsBuilder builder = new StreamsBuilder();
        // Times of senders may be anything.
        builder.stream(
                        Topics.DRIFT_BATCHES.name(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withName(Topics.DRIFT_BATCHES.name())
                                .withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(
                        watching(() -> new DriftProcessor(batches, references, falseAlarms, listener), writers),
                        Named.as("watch"))
                .to(
                        Topics.DRIFT.name(),
                        Produced.with(Topics.DRIFT.keySerde(), Topics.DRIFT.valueSerde())
                                .withName("drift"));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], byte[], String, Drift> watching(
            ProcessorSupplier<byte[], byte[], String, Drift> watch, WriterSchemas writers) {
        var states = ScoreState.readable(EventSerde.of(DriftWatchState.class).reading(writers));
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, Drift> get() {
                return watch.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(WATCHES), Serdes.String(), states)
                                .withCachingEnabled());
            }
        };
    }
}
