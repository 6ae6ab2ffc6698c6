package dev.hemline.quality.drift;

import dev.hemline.event.DriftBatch;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
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

/**
 * Results are added up where they are; what they add up to meets, by version and source, in one partition, and is watched
 * there. So the work grows with partitions, and a tenth of the records travels at most.
 */
public final class DriftTopology {
    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private DriftTopology() {}

    /**
     * The topology, its nodes named.
     *
     * @param falseAlarms about pictures expected at most in a million results, while nothing changes
     */
    static Topology build(
            double falseAlarms,
            References references,
            DriftListener listener,
            EventFormats formats,
            WriterSchemas writers) {
        EventSerde<DriftBatch> batches = EventSerde.of(DriftBatch.class).reading(writers);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(Topics.CLASSIFICATIONS.name(), byArrival(Topics.CLASSIFICATIONS))
                .process(with(() -> new ResultBatcher(formats.results()), DriftStores.batching()), Named.as("add-up"))
                .to(
                        Topics.DRIFT_BATCHES.name(),
                        Produced.with(Topics.DRIFT_BATCHES.keySerde(), Topics.DRIFT_BATCHES.valueSerde())
                                .withName("batches"));
        builder.stream(Topics.DRIFT_BATCHES.name(), byArrival(Topics.DRIFT_BATCHES))
                .process(
                        with(
                                () -> new DriftProcessor(batches, references, falseAlarms, listener),
                                DriftStores.watching(writers)),
                        Named.as("watch"))
                .to(
                        Topics.DRIFT.name(),
                        Produced.with(Topics.DRIFT.keySerde(), Topics.DRIFT.valueSerde())
                                .withName("drift"));
        return builder.build();
    }

    /** Times of senders may be anything. */
    private static Consumed<byte[], byte[]> byArrival(Topic<?, ?> topic) {
        return Consumed.with(BYTES, BYTES)
                .withName(topic.name())
                .withTimestampExtractor(new WallclockTimestampExtractor());
    }

    private static <V> ProcessorSupplier<byte[], byte[], String, V> with(
            Supplier<Processor<byte[], byte[], String, V>> processor, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, V> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }
}
