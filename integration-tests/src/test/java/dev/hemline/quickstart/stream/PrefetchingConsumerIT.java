package dev.hemline.quickstart.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.prefetch.PrefetchedOutcomes;
import dev.hemline.classifier.prefetch.PrefetchingClients;
import dev.hemline.classifier.quarantine.Quarantine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.trace.Tracing;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.BoundedConsumer;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PrefetchingConsumerIT {
    private static final String TOPIC = Topics.IMAGE_EVENTS.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final int TAKEN_AT_ONCE = 7;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    private final AtomicBoolean room = new AtomicBoolean(true);
    private final Quarantine quarantine =
            Quarantine.on(KafkaSettings.of(BROKER.bootstrapServers()), "prefetching", "this");
    private int assignments;
    private Consumer<byte[], byte[]> consumer;

    @BeforeEach
    void subscribe() {
        consumer = new PrefetchingClients(
                        new PrefetchedOutcomes(
                                TOPIC, PrefetchingConsumerIT::someOf, ClassifierListener.NONE, quarantine),
                        room::get,
                        BoundedConsumer.DEFAULT_BYTES,
                        Tracing.OFF)
                .getConsumer(Map.of(
                        "bootstrap.servers",
                        BROKER.bootstrapServers(),
                        "group.id",
                        "prefetching-" + System.nanoTime(),
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false));
        consumer.subscribe(List.of(TOPIC), pausing());
    }

    @AfterEach
    void close() {
        consumer.close();
        quarantine.close();
    }

    private static List<Optional<CompletableFuture<Outcome>>> someOf(List<ConsumerRecord<byte[], byte[]>> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> i < TAKEN_AT_ONCE
                        ? Optional.of(new CompletableFuture<Outcome>())
                        : Optional.<CompletableFuture<Outcome>>empty())
                .toList();
    }

    /** As Kafka Streams does. */
    private ConsumerRebalanceListener pausing() {
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
    private void awaitAssignment(int count) {
        await().until(() -> {
            consumer.poll(Duration.ofSeconds(2));
            return assignments == count;
        });
    }

    private static void send(int events) {
        try (var producer = new TestClients(BROKER.bootstrapServers()).bytesProducer()) {
            for (int i = 0; i < events; i++) {
                var unused = producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[10]));
            }
        }
    }

    private List<Long> take(int events) {
        List<Long> taken = new ArrayList<>();
        await().until(() -> {
            List<ConsumerRecord<byte[], byte[]>> polled =
                    consumer.poll(Duration.ofMillis(100)).records(PARTITION);
            assertThat(polled).hasSizeLessThanOrEqualTo(TAKEN_AT_ONCE);
            polled.forEach(record -> taken.add(record.offset()));
            return taken.size() >= events;
        });
        return taken;
    }

    private static List<Long> offsets(long from, int count) {
        return LongStream.range(from, from + count).boxed().toList();
    }

    private double fetched() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-consumed-total")
                        && metric.getKey().tags().size() == 1)
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    @Test
    void shouldLeavePausedWhatKafkaStreamsPausedBecauseItsTaskIsNotReady() {
        awaitAssignment(1);
        consumer.resume(consumer.assignment());

        room.set(false);
        consumer.enforceRebalance();
        awaitAssignment(2);

        assertThat(consumer.paused()).isNotEmpty().isEqualTo(consumer.assignment());
    }

    @Test
    void shouldFetchOnceWhatTheEngineTakesOnBitByBit() {
        send(100);
        awaitAssignment(1);
        consumer.resume(consumer.assignment());
        int there = Math.toIntExact(consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L));

        assertThat(take(there)).isEqualTo(offsets(0, there));
        assertThat(fetched()).isEqualTo(there);
        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void shouldKeepToPositionsThatAreSetAndBeginWhereItWasCommittedAfterARebalance() {
        send(100);
        awaitAssignment(1);
        consumer.resume(consumer.assignment());
        take(TAKEN_AT_ONCE);
        assertThat(consumer.position(PARTITION)).isEqualTo(TAKEN_AT_ONCE);

        consumer.seek(PARTITION, 50);
        assertThat(consumer.position(PARTITION)).isEqualTo(50);
        assertThat(take(TAKEN_AT_ONCE)).isEqualTo(offsets(50, TAKEN_AT_ONCE));

        consumer.enforceRebalance();
        awaitAssignment(2);
        consumer.resume(consumer.assignment());
        assertThat(take(TAKEN_AT_ONCE)).isEqualTo(offsets(0, TAKEN_AT_ONCE));
    }
}
