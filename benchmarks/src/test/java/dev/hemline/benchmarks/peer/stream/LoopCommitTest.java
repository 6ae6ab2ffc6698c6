package dev.hemline.benchmarks.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class LoopCommitTest {
    private static final TopicPartition PARTITION = new TopicPartition("in", 0);
    private static final Map<TopicPartition, OffsetAndMetadata> DONE = Map.of(PARTITION, new OffsetAndMetadata(7));

    private final MockConsumer<String, String> consumer = new MockConsumer<>("earliest");
    private final MockProducer<String, String> producer =
            new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());

    @Test
    void shouldCommitResultsWithProgressInOneTransaction() {
        LoopCommit commit = LoopCommit.of(Guarantee.EXACTLY_ONCE_V2, consumer, producer);

        commit.open();
        commit.begin();
        var unused = producer.send(new ProducerRecord<>("out", "key", "result"));
        assertThat(producer.history()).isEmpty();
        commit.commit(DONE, () -> {});

        assertThat(producer.history()).hasSize(1);
        assertThat(producer.consumerGroupOffsetsHistory())
                .isEqualTo(List.of(Map.of(consumer.groupMetadata().groupId(), DONE)));
    }

    @Test
    void shouldCommitProgressAfterResultsWhereDoublesAreAllowed() {
        consumer.assign(List.of(PARTITION));
        LoopCommit commit = LoopCommit.of(Guarantee.AT_LEAST_ONCE, consumer, producer);

        commit.open();
        commit.begin();
        commit.commit(DONE, () -> {});

        assertThat(producer.flushed()).isTrue();
        assertThat(consumer.committed(Set.of(PARTITION))).isEqualTo(DONE);
    }

    @Test
    void shouldCommitNoProgressWhenAResultWasNotTaken() {
        consumer.assign(List.of(PARTITION));
        LoopCommit commit = LoopCommit.of(Guarantee.AT_LEAST_ONCE, consumer, producer);

        assertThatThrownBy(() -> commit.commit(DONE, () -> {
                    throw new KafkaException("not taken");
                }))
                .hasMessage("not taken");

        assertThat(consumer.committed(Set.of(PARTITION))).isEmpty();
    }
}
