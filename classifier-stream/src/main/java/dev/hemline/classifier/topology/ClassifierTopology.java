package dev.hemline.classifier.topology;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.event.Classification;
import dev.hemline.topic.Topics;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Two streams side by side: models flow into a global store, images flow through classification to exactly one of two
 * topics.
 */
public final class ClassifierTopology {
    /** The global store of topic {@code models}, key text to bytes; of chunks it holds only the place on the topic. */
    public static final String MODELS_STORE = "models";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private ClassifierTopology() {}

    /**
     * The topology, its nodes named.
     *
     * @param sizeLimit how large dead letters may be
     * @param forwarded hears of every outcome
     * @param modelsChanged called for every record of topic {@code models} after it is in the store
     */
    public static Topology build(
            PrefetchedOutcomes prefetched,
            DeadLetterSizeLimit sizeLimit,
            Consumer<Outcome> forwarded,
            Runnable modelsChanged) {
        StreamsBuilder builder = new StreamsBuilder();
        storeModels(builder, modelsChanged);
        builder.stream(
                        Topics.IMAGE_EVENTS.name(),
                        Consumed.with(BYTES, BYTES)
                                .withName("image-events")
                                // A record without a time (-1) would stop Kafka Streams.
                                .withTimestampExtractor((record, partitionTime) -> Math.max(0, record.timestamp())))
                .process(() -> new ClassifyProcessor(prefetched, forwarded), Named.as("classify"))
                .split(Named.as("outcome-"))
                .branch(
                        (key, outcome) -> outcome instanceof Classified,
                        Branched.<byte[], Outcome>withConsumer(ClassifierTopology::toClassifications, "classified"))
                .defaultBranch(Branched.<byte[], Outcome>withConsumer(
                        rejected -> toDeadLetters(rejected, sizeLimit), "rejected"));
        return builder.build();
    }

    /** In memory: a persistent store would replay nothing after a restart, and the model would be missing. */
    private static void storeModels(StreamsBuilder builder, Runnable modelsChanged) {
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(MODELS_STORE), Serdes.String(), BYTES),
                Topics.MODELS.name(),
                Consumed.with(Serdes.String(), BYTES).withName("models"),
                () -> new ModelStoreProcessor(modelsChanged));
    }

    private static void toClassifications(KStream<byte[], Outcome> classified) {
        classified
                .map((key, outcome) -> byEventId(((Classified) outcome).classification()), Named.as("by-event-id"))
                .to(
                        Topics.CLASSIFICATIONS.name(),
                        Produced.with(Topics.CLASSIFICATIONS.keySerde(), Topics.CLASSIFICATIONS.valueSerde())
                                .withName("classifications"));
    }

    private static KeyValue<String, Classification> byEventId(Classification classification) {
        return KeyValue.pair(classification.getId(), classification);
    }

    private static void toDeadLetters(KStream<byte[], Outcome> rejected, DeadLetterSizeLimit sizeLimit) {
        rejected.mapValues(outcome -> (Rejected) outcome, Named.as("as-rejected"))
                .process(() -> new DeadLetterProcessor(sizeLimit), Named.as("as-received"))
                .to(Topics.IMAGE_EVENTS_DLQ.name(), Produced.with(BYTES, BYTES).withName("image-events-dlq"));
    }
}
