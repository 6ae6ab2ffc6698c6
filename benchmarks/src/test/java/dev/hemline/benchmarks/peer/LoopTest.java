package dev.hemline.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.Classification;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoopTest {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.IMAGE_EVENTS.name(), 0);
    private static final Map<TopicPartition, OffsetAndMetadata> DONE = Map.of(PARTITION, new OffsetAndMetadata(7));

    private final MockConsumer<String, ImageEvent> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, Classification> producer = producer();
    private final List<Integer> batches = new ArrayList<>();
    private boolean stopped;

    private static MockProducer<String, Classification> producer() {
        return new MockProducer<>(
                true,
                null,
                Topics.CLASSIFICATIONS.keySerde().serializer(),
                Topics.CLASSIFICATIONS.valueSerde().serializer());
    }

    /** Seven events in the first poll; the loop ends after it. */
    @BeforeEach
    void bringSevenEvents() {
        consumer.schedulePollTask(() -> {
            consumer.rebalance(List.of(PARTITION));
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
            for (int i = 0; i < 7; i++) {
                consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, i, "e" + i, event("e" + i)));
            }
            stopped = true;
        });
    }

    private static ImageEvent event(String id) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(Instant.EPOCH)
                .setFormat(ImageFormat.GRAY8)
                .setWidth(28)
                .setHeight(28)
                .setContent(ByteBuffer.wrap(new byte[784]))
                .build();
    }

    private void run(Guarantee guarantee, MockProducer<String, Classification> results) {
        var classifier = new ImageClassifier() {
            @Override
            public float[][] classify(ByteBuffer pixels, int n) {
                batches.add(n);
                return new float[n][10];
            }

            @Override
            public void close() {}
        };
        new Loop(guarantee, new EventClassifier(classifier), 5, consumer, results, () -> stopped).run();
    }

    @Test
    void shouldCommitResultsWithProgressInOneTransaction() {
        run(Guarantee.EXACTLY_ONCE_V2, producer);

        assertThat(batches).containsExactly(5, 2);
        assertThat(producer.history())
                .extracting(ProducerRecord::key)
                .hasSize(7)
                .startsWith("e0", "e1");
        assertThat(producer.commitCount()).isEqualTo(1);
        assertThat(producer.consumerGroupOffsetsHistory())
                .isEqualTo(List.of(Map.of(consumer.groupMetadata().groupId(), DONE)));
        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }

    @Test
    void shouldCommitProgressAfterResultsWhereDoublesAreAllowed() {
        run(Guarantee.AT_LEAST_ONCE, producer);

        assertThat(producer.flushed()).isTrue();
        assertThat(producer.history()).hasSize(7);
        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(DONE);
    }

    @Test
    void shouldCommitNoProgressWhenAResultWasNotTaken() {
        var refusing =
                new MockProducer<String, Classification>(
                        false,
                        null,
                        Topics.CLASSIFICATIONS.keySerde().serializer(),
                        Topics.CLASSIFICATIONS.valueSerde().serializer()) {
                    @Override
                    public synchronized void flush() {
                        errorNext(new KafkaException("not taken"));
                        super.flush();
                    }
                };

        assertThatThrownBy(() -> run(Guarantee.AT_LEAST_ONCE, refusing))
                .hasMessage("A result was not taken")
                .hasRootCauseMessage("not taken");
        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }
}
