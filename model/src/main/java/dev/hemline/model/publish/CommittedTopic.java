package dev.hemline.model.publish;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that stands on a topic of one partition right now, committed events only. */
public final class CommittedTopic {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicPartition partition;

    public CommittedTopic(String topic) {
        this.partition = new TopicPartition(topic, 0);
    }

    /**
     * Reads from the first event to what is the last one at the time of the call.
     *
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}
     * @throws UnknownTopicOrPartitionException if there is no such topic
     * @throws KafkaException if it cannot be read to its end
     */
    public void read(Map<String, Object> kafka, java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // The high watermark, not the last stable offset: a transaction of another model's publisher must not hide
        // versions of this one that were committed after it began.
        long end = highWatermark(kafka);
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            read(consumer, end, each);
        }
    }

    void read(
            Consumer<String, byte[]> consumer,
            long end,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Topic " + partition.topic() + " was not read to offset " + end + " within "
                        + PATIENCE.toSeconds() + " s; is there a transaction that does not end?");
            }
            consumer.poll(POLL).forEach(each);
        }
    }

    private long highWatermark(Map<String, Object> kafka) {
        try (Admin admin = Admin.create(kafka)) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while reading topic " + partition.topic(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException missing) {
                throw missing;
            }
            throw new KafkaException("Cannot read topic " + partition.topic() + ": " + e.getMessage(), e.getCause());
        }
    }
}
