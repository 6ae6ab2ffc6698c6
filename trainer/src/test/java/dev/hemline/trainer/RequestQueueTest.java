package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.TrainingRequest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.SchemaTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestQueueTest {
    private static final TopicPartition PARTITION = new TopicPartition("training-requests", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final AtomicInteger refused = new AtomicInteger();
    private final RequestQueue queue =
            new RequestQueue(consumer, SchemaTopic.on(Map.of()), "m", refused::incrementAndGet);
    private long offset;

    RequestQueueTest() {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    private void arrives(byte @Nullable [] value) {
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset++, null, value));
    }

    private void request(String id, String reason) {
        arrives(EventSerde.of(TrainingRequest.class)
                .encode(TrainingRequest.newBuilder()
                        .setId(id)
                        .setRequestedAt(Instant.ofEpochMilli(Long.MIN_VALUE))
                        .setRequestedBy("test")
                        .setModel("m")
                        .setReason(reason)
                        .build()));
    }

    @Test
    void shouldPassOverAndCountWhatIsNoRequest() {
        arrives(new byte[] {1, 2, 3});
        arrives(null);
        request("", "no id");
        request("a,b", "two ids in one");
        request("x".repeat(101), "an id that many of would not fit into a manifest");
        request("large", "x".repeat(500_000));
        request("good", "\u001b[31mwhy not");

        assertThat(queue.next(Duration.ZERO))
                .extracting(pending -> pending.request().getId())
                .containsExactly("good");
        assertThat(refused).hasValue(5);
    }

    @Test
    void shouldLeaveRequestsOnTheirTopicWhereManyWait() {
        for (int i = 0; i < 1_000; i++) {
            request("request-" + i, "");
        }
        assertThat(queue.next(Duration.ZERO)).hasSize(1_000);

        request("one more", "");

        List<RequestQueue.Pending> waiting = queue.next(Duration.ZERO);
        assertThat(waiting).hasSize(1_000);
        queue.handled(waiting);
        assertThat(queue.next(Duration.ZERO)).hasSize(1);
    }
}
