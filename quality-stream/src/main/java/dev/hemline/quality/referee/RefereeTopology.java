package dev.hemline.quality.referee;

import dev.hemline.event.ComparedEvent;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.ExperimentState;
import dev.hemline.quality.score.ScoreState;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Challengers' results and what labels made of champions' meet by id and are counted in each partition; the counts of all partitions
 * meet in one, where it is decided.
 */
final class RefereeTopology {
    /** Event ids to what is known of them, on disk. */
    static final String EVENTS = "compared-events";
    /** {@link Pairing}s to what is counted of them in one partition. */
    static final String TALLIES = "experiment-tallies";
    /** {@link Pairing}s and partitions to what is counted there. */
    static final String PARTS = "experiment-parts";
    /** {@link Pairing}s and phases to what has been decided. */
    static final String STATES = "experiments";

    /** Child nodes of the one that decides. */
    static final String DECISIONS = "decisions";

    static final String STANDINGS = "standings";

    private RefereeTopology() {}

    /**
     * The topology, its nodes named.
     *
     * @param window how long an event waits for its label, and a label for the challenger's answer
     * @param partitions of both topics
     * @param standing what shadows what serves, asked now and then on the stream's threads
     * @param believed whose labels count, asked on the stream's threads
     * @param formats how results and scores are read
     * @param writers schemas of other releases
     */
    static Topology build(
            Duration window,
            int partitions,
            Rules rules,
            Supplier<Optional<Challenge>> standing,
            Predicate<String> believed,
            RefereeListener listener,
            EventFormats formats,
            WriterSchemas writers) {
        EventSerde<ExperimentCounts> counts =
                EventSerde.of(ExperimentCounts.class).reading(writers);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        List.of(Topics.SHADOW_CLASSIFICATIONS.name(), Topics.SCORES.name()),
                        byArrival("answers-and-scores"))
                .process(
                        with(
                                () -> new ComparisonProcessor(
                                        window, rules.mostLabelsOfOneIn(partitions), believed, formats, listener),
                                List.of(events(window, writers), inMemory(TALLIES, ExperimentCounts.class, writers))),
                        Named.as("compare"))
                .to(
                        Topics.EXPERIMENT_COUNTS.name(),
                        Produced.with(Topics.EXPERIMENT_COUNTS.keySerde(), Topics.EXPERIMENT_COUNTS.valueSerde())
                                .withName("counts"));
        KStream<String, SpecificRecord> looks = builder.stream(
                        Topics.EXPERIMENT_COUNTS.name(), byArrival(Topics.EXPERIMENT_COUNTS.name()))
                .process(
                        with(
                                () -> new DecisionProcessor(counts, partitions, rules, standing, listener),
                                List.of(
                                        inMemory(PARTS, ExperimentCounts.class, writers),
                                        inMemory(STATES, ExperimentState.class, writers))),
                        Named.as("decide"));
        tell(looks, DECISIONS, ExperimentDecision.class, Topics.EXPERIMENT_DECISIONS);
        tell(looks, STANDINGS, ExperimentStanding.class, Topics.EXPERIMENTS);
        return builder.build();
    }

    /** What is forwarded to the child of that name. */
    private static <T extends SpecificRecord> void tell(
            KStream<String, SpecificRecord> looks, String child, Class<T> type, Topic<String, T> topic) {
        looks.mapValues(type::cast, Named.as(child))
                .to(
                        topic.name(),
                        Produced.with(topic.keySerde(), topic.valueSerde()).withName(child + "-on-topic"));
    }

    /** State is kept by these times, and those of senders may be anything. */
    private static Consumed<byte[], byte[]> byArrival(String name) {
        return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withName(name)
                .withTimestampExtractor(new WallclockTimestampExtractor());
    }

    private static StoreBuilder<?> events(Duration window, WriterSchemas writers) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(EVENTS, window, window, false),
                Serdes.String(),
                kept(ComparedEvent.class, writers));
    }

    /** There are hundreds at most, and each changes all the time: caches keep changelogs short. */
    private static StoreBuilder<?> inMemory(String name, Class<? extends SpecificRecord> type, WriterSchemas writers) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), kept(type, writers))
                .withCachingEnabled();
    }

    private static <T extends SpecificRecord> Serde<T> kept(Class<T> type, WriterSchemas writers) {
        return ScoreState.readable(EventSerde.of(type).reading(writers));
    }

    private static <V> ProcessorSupplier<byte[], byte[], String, V> with(
            Supplier<Processor<byte[], byte[], String, V>> processor, List<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, V> get() {
                return processor.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                // In an order that stays: a topology lists them as they come.
                return new LinkedHashSet<>(stores);
            }
        };
    }
}
