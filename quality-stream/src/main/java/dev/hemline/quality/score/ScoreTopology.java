package dev.hemline.quality.score;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Results and labels of one id meet in one partition; scores come out. Results are there by their id already. Labels are
 * brought there, because who writes them may choose partitions otherwise than Kafka's own clients do, and would never meet
 * a result then.
 */
public final class ScoreTopology {
    /** The name of the internal topic of labels is the application's id, this, and {@code -repartition}. */
    public static final String LABELS_BY_ID = "labels-by-id";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private ScoreTopology() {}

    /**
     * The topology, its nodes named.
     *
     * @param window how long a result waits for its label, and a label for its result
     * @param partitions of topic {@code classifications}
     * @param writers schemas of other releases
     */
    public static Topology build(Duration window, int partitions, ScoreListener listener, WriterSchemas writers) {
        StreamsBuilder builder = new StreamsBuilder();
        results(builder, listener, writers)
                .merge(labels(builder, partitions, listener, writers), Named.as("results-and-labels"))
                .process(judging(window, listener, writers), Named.as("judge"))
                .to(
                        Topics.SCORES.name(),
                        Produced.with(Topics.SCORES.keySerde(), Topics.SCORES.valueSerde())
                                .withName("scores"));
        return builder.build();
    }

    private static KStream<String, JoinInput> results(
            StreamsBuilder builder, ScoreListener listener, WriterSchemas writers) {
        return builder.stream(Topics.CLASSIFICATIONS.name(), byArrival(Topics.CLASSIFICATIONS.reading(writers)))
                .process(() -> new ResultReader(listener), Named.as("read-result"));
    }

    private static KStream<String, JoinInput> labels(
            StreamsBuilder builder, int partitions, ScoreListener listener, WriterSchemas writers) {
        String read = Topics.GROUND_TRUTH.name();
        return builder.stream(read, byArrival(Topics.GROUND_TRUTH.reading(writers)))
                .process(() -> new LabelReader<byte[]>(read, listener), Named.as("read-label"))
                .repartition(Repartitioned.<String, GroundTruth>as(LABELS_BY_ID)
                        .withKeySerde(Topics.GROUND_TRUTH.keySerde())
                        .withValueSerde(ScoreState.readable(
                                Topics.GROUND_TRUTH.reading(writers).valueSerde()))
                        .withNumberOfPartitions(partitions))
                .process(() -> new LabelReader<String>(LABELS_BY_ID, listener), Named.as("read-label-by-id"))
                .mapValues(JoinInput.Label::new, Named.as("as-label"));
    }

    /** State is kept by these times, and those of senders may be anything. */
    private static <V> Consumed<byte[], V> byArrival(Topic<?, V> topic) {
        return Consumed.with(BYTES, ScoreState.readable(topic.valueSerde()))
                .withName(topic.name())
                .withTimestampExtractor(new WallclockTimestampExtractor());
    }

    private static ProcessorSupplier<String, JoinInput, String, Score> judging(
            Duration window, ScoreListener listener, WriterSchemas writers) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, JoinInput, String, Score> get() {
                return new ScoreProcessor(window, listener);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return ScoreState.stores(window, writers);
            }
        };
    }
}
