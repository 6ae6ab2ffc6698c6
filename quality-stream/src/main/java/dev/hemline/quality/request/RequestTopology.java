package dev.hemline.quality.request;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.quality.score.ScoreState;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.util.List;
import java.util.Set;
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
import org.apache.kafka.streams.state.Stores;

/** Samples and scores of one id meet in one partition; requests for labels come out, and tombstones where they have come. */
final class RequestTopology {
    /** Event ids to what was asked for. */
    static final String REQUESTS = "requests";
    /** Versions, as their keys on topic {@code models}, to {@link RequestTally}. */
    static final String TALLIES = "request-tallies";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private RequestTopology() {}

    /** How what is read is read. */
    record Inputs(EventSerde<Sample> samples, EventSerde<Score> scores) {}

    /**
     * The topology, its nodes named.
     *
     * @param formats how scores are read
     * @param writers schemas of other releases
     */
    static Topology build(RequestPlan plan, RequestListener listener, EventFormats formats, WriterSchemas writers) {
        var inputs = new Inputs(EventSerde.of(Sample.class).reading(writers), formats.scores());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        List.of(Topics.SAMPLES.name(), Topics.SCORES.name()),
                        Consumed.with(BYTES, BYTES)
                                .withName("samples-and-scores")
                                .withTimestampExtractor(new WallclockTimestampExtractor()))
                .process(asking(plan, inputs, listener, writers), Named.as("ask"))
                .to(
                        Topics.LABEL_REQUESTS.name(),
                        Produced.with(Topics.LABEL_REQUESTS.keySerde(), Topics.LABEL_REQUESTS.valueSerde())
                                .withName("label-requests"));
        return builder.build();
    }

    private static ProcessorSupplier<byte[], byte[], String, LabelRequest> asking(
            RequestPlan plan, Inputs inputs, RequestListener listener, WriterSchemas writers) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], byte[], String, LabelRequest> get() {
                return new AskProcessor(plan, inputs, listener);
            }

            /** In memory: there are thousands at most, and each score looks whether its label was asked for. */
            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(REQUESTS),
                                Serdes.String(),
                                ScoreState.readable(
                                        EventSerde.of(LabelRequest.class).reading(writers))),
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(TALLIES), Serdes.String(), RequestTally.SERDE));
            }
        };
    }
}
