package dev.hemline.quickstart.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.prefetch.PrefetchingClients;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.RecordBound;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReassignedWhileFullIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    private final AtomicBoolean room = new AtomicBoolean(true);
    private int assignments;

    @Test
    void shouldLeavePausedWhatKafkaStreamsPausedBecauseItsTaskIsNotReady() {
        var clients = new PrefetchingClients(
                new PrefetchedOutcomes(Topics.IMAGE_EVENTS.name(), events -> List.of(), ClassifierListener.NONE),
                room::get,
                RecordBound.DEFAULT_BYTES);
        try (Consumer<byte[], byte[]> consumer =
                clients.getConsumer(Map.of("bootstrap.servers", BROKER.bootstrapServers(), "group.id", "full"))) {
            consumer.subscribe(List.of(Topics.IMAGE_EVENTS.name()), pausing(consumer));
            awaitAssignment(consumer, 1);
            consumer.resume(consumer.assignment());

            room.set(false);
            consumer.enforceRebalance();
            awaitAssignment(consumer, 2);

            assertThat(consumer.paused()).isNotEmpty().isEqualTo(consumer.assignment());
        }
    }

    /** As Kafka Streams does. */
    private ConsumerRebalanceListener pausing(Consumer<?, ?> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                consumer.pause(partitions);
                assignments++;
            }
        };
    }

    /** In one poll, from the loss of what was assigned before to the next assignment. */
    private void awaitAssignment(Consumer<?, ?> consumer, int count) {
        await().until(() -> {
            consumer.poll(Duration.ofSeconds(2));
            return assignments == count;
        });
    }
}
