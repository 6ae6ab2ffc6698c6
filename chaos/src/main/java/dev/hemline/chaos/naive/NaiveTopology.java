package dev.hemline.chaos.naive;

import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.topic.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** Images through a buffer to results and dead letters. */
final class NaiveTopology {
    static final String CLASSIFICATIONS = "to-classifications";
    static final String DEAD_LETTERS = "to-dead-letters";
    private static final String IMAGES = "images";
    private static final String BUFFER = "buffer";

    private NaiveTopology() {}

    static Topology build(InferenceEngine engine) {
        return new Topology()
                .addSource(IMAGES, new ByteArrayDeserializer(), new ByteArrayDeserializer(), Topics.IMAGE_EVENTS.name())
                .addProcessor(BUFFER, () -> new BufferingProcessor(engine), IMAGES)
                .addSink(
                        CLASSIFICATIONS,
                        Topics.CLASSIFICATIONS.name(),
                        Topics.CLASSIFICATIONS.keySerde().serializer(),
                        Topics.CLASSIFICATIONS.valueSerde().serializer(),
                        BUFFER)
                .addSink(
                        DEAD_LETTERS,
                        Topics.IMAGE_EVENTS_DLQ.name(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        BUFFER);
    }
}
