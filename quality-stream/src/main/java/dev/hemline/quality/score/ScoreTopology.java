package dev.hemline.quality.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.quality.batch.ResultBatcher;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
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
 * a result then. Results are added up on their way, for whoever watches them all.
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
     * @param batching whether results are added up, too, to be watched for drift
     * @param formats how scores are written, and all the rest is read
     * @param writers schemas of other releases, for its own state
     */
    public static Topology build(
            Duration window,
            int partitions,
            boolean batching,
            ScoreListener listener,
            EventFormats formats,
            WriterSchemas writers) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Classification> results = results(builder, listener, formats);
        if (batching) {
            results.process(ResultBatcher.supplier(failure -> listener.failed("add up", failure)), Named.as("add-up"))
                    .to(
                            Topics.DRIFT_BATCHES.name(),
                            Produced.with(Topics.DRIFT_BATCHES.keySerde(), Topics.DRIFT_BATCHES.valueSerde())
                                    .withName("drift-batches"));
        }
        results.<JoinInput>mapValues(JoinInput.Result::of, Named.as("answer"))
                .merge(labels(builder, partitions, listener, formats), Named.as("results-and-labels"))
                .process(judging(window, listener, writers), Named.as("judge"))
                .to(
                        Topics.SCORES.name(),
                        Produced.with(Topics.SCORES.keySerde(), formats.scores())
                                .withName("scores"));
        return builder.build();
    }

    private static KStream<String, Classification> results(
            StreamsBuilder builder, ScoreListener listener, EventFormats formats) {
        return builder.stream(Topics.CLASSIFICATIONS.name(), byArrival(Topics.CLASSIFICATIONS))
                .process(() -> new ResultReader(formats.results(), listener), Named.as("read-result"));
    }

    private static KStream<String, JoinInput> labels(
            StreamsBuilder builder, int partitions, ScoreListener listener, EventFormats formats) {
        String read = Topics.GROUND_TRUTH.name();
        EventSerde<GroundTruth> labels = formats.labels();
        return builder.stream(read, asSent(Topics.GROUND_TRUTH))
                .process(
                        () -> new LabelReader<>(
                                labels,
                                read,
                                listener,
                                label -> KeyValue.pair(label.getId().getBytes(UTF_8), labels.encode(label))),
                        Named.as("read-label"))
                .repartition(Repartitioned.<byte[], byte[]>as(LABELS_BY_ID)
                        .withKeySerde(BYTES)
                        .withValueSerde(BYTES)
                        .withNumberOfPartitions(partitions))
                .process(
                        () -> new LabelReader<String, JoinInput>(
                                labels,
                                LABELS_BY_ID,
                                listener,
                                label -> KeyValue.pair(label.getId(), new JoinInput.Label(label))),
                        Named.as("read-label-by-id"));
    }

    /** State is kept by these times, and those of senders may be anything. */
    private static Consumed<byte[], byte[]> byArrival(Topic<?, ?> topic) {
        return Consumed.with(BYTES, BYTES)
                .withName(topic.name())
                .withTimestampExtractor(new WallclockTimestampExtractor());
    }

    /** Where a label does not say when it was found out, its record does; no state is kept by that time. */
    private static Consumed<byte[], byte[]> asSent(Topic<?, ?> topic) {
        return byArrival(topic).withTimestampExtractor((record, before) -> Math.max(0, record.timestamp()));
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
