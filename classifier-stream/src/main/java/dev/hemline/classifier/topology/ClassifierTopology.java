package dev.hemline.classifier.topology;

import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.event.Classification;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.Stores;

/**
 * Two streams side by side: models flow into a global store, images flow through classification to exactly one of two
 * topics, and some of them to a third beside their result.
 */
public final class ClassifierTopology {
    /** The global store of topic {@code models}, key text to bytes; of chunks it holds only the place on the topic. */
    public static final String MODELS_STORE = "models";

    static final String DEAD_LETTERS = Topics.IMAGE_EVENTS_DLQ.name();

    static final String SAMPLES = Topics.SAMPLES.name();

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private ClassifierTopology() {}

    /**
     * The topology, its nodes named. A challenger's has results alone: dead letters and samples are the champion's.
     *
     * @param role decides where results go
     * @param limits how large records may be
     * @param listener hears of every outcome
     * @param tracing hears when a record has its turn
     * @param trusted keys that sign models; empty where any will do
     * @param writers schemas of other releases
     * @param results how they are written
     * @param modelsChanged called for every record of topic {@code models} after it is in the store
     */
    public static Topology build(
            Role role,
            PrefetchedOutcomes prefetched,
            OutputLimits limits,
            ClassifierListener listener,
            Tracing tracing,
            Optional<TrustedKeys> trusted,
            WriterSchemas writers,
            EventSerde<Classification> results,
            Runnable modelsChanged) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addGlobalStore(
                // In memory: a persistent store would replay nothing after a restart, and the model would be missing.
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(MODELS_STORE), Serdes.String(), BYTES),
                Topics.MODELS.name(),
                Consumed.with(Serdes.String(), BYTES).withName("models"),
                () -> new ModelStoreProcessor(trusted, writers, listener, modelsChanged));
        builder.stream(
                        Topics.IMAGE_EVENTS.name(),
                        Consumed.with(BYTES, BYTES)
                                .withName("image-events")
                                // What comes out has the time of its event, and senders' times may be anything:
                                // without one Kafka Streams would stop, and retention would delete results of old
                                // ones at once.
                                .withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(
                        () -> new ClassifyProcessor(role, prefetched, limits, listener, tracing), Named.as("classify"));
        // Children that the processor forwards to by name; in the DSL it would take a branch that asks for types again.
        Topology topology = builder.build()
                .addSink(
                        role.results().name(),
                        role.results().name(),
                        role.results().keySerde().serializer(),
                        results.serializer(),
                        "classify");
        return role == Role.CHALLENGER ? topology : withLettersAndSamples(topology);
    }

    private static Topology withLettersAndSamples(Topology topology) {
        return topology.addSink(
                        DEAD_LETTERS,
                        Topics.IMAGE_EVENTS_DLQ.name(),
                        BYTES.serializer(),
                        BYTES.serializer(),
                        "classify")
                .addSink(
                        SAMPLES,
                        Topics.SAMPLES.name(),
                        Topics.SAMPLES.keySerde().serializer(),
                        Topics.SAMPLES.valueSerde().serializer(),
                        "classify");
    }
}
