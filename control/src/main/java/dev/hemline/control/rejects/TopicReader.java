package dev.hemline.control.rejects;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed on topics as of now: no group, nothing left behind. For one thread. */
final class TopicReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration TICK = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String brokers;

    TopicReader(KafkaSettings kafka) {
        brokers = kafka.bootstrapServers();
        Map<String, Object> settings = Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        consumer =
                new KafkaConsumer<>(kafka.client(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads every record up to the topic's end as of this call.
     *
     * @throws UserError if no broker answers or the topic is missing
     */
    void readAll(Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
            var records = consumer.poll(TICK);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.getOrDefault(new TopicPartition(topic.name(), record.partition()), 0L)) {
                    reader.accept(record);
                }
            }
            if (!records.isEmpty()) {
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new UserError("Topic " + topic + " could not be read to its end: no record for "
                        + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** One record; empty if it is not there any more, or never was. */
    Optional<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long offset) {
        consumer.assign(List.of(partition));
        long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (offset < first || offset >= end) {
            return Optional.empty();
        }
        consumer.seek(partition, offset);
        Instant deadline = Instant.now().plus(PATIENCE);
        while (consumer.position(partition) <= offset && Instant.now().isBefore(deadline)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(TICK)) {
                return record.offset() == offset ? Optional.of(record) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** How many partitions a topic has. */
    int partitionCount(Topic<?, ?> topic) {
        return partitions(topic).size();
    }

    private List<TopicPartition> partitions(Topic<?, ?> topic) {
        try {
            List<PartitionInfo> found = consumer.partitionsFor(topic.name());
            if (found == null || found.isEmpty()) {
                throw new UserError("Topic " + topic + " is not there; 'hemline classifier' makes it when it starts");
            }
            return found.stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        } catch (TimeoutException e) {
            throw new UserError("No Kafka broker answered at " + brokers + " within " + PATIENCE.toSeconds() + " s", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
