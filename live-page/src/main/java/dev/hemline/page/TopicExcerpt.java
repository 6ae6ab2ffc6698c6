package dev.hemline.page;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads bounded parts of topics, whoever else writes there: some records of each partition, 8 MB of a topic at most. For one thread.
 * Every call may throw a {@code KafkaException}.
 */
final class TopicExcerpt implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Of each topic; pictures may have a megabyte each. */
    private static final long MOST_BYTES = 8 << 20;

    private static final int FETCHED_BYTES = 1 << 20;

    private final TopicReader reader;

    TopicExcerpt(KafkaSettings kafka) {
        int patience = Math.toIntExact(PATIENCE.toMillis());
        reader = new TopicReader(kafka.client(
                Map.of("default.api.timeout.ms", patience, "fetch.max.bytes", FETCHED_BYTES, "max.poll.records", 100)));
    }

    /** What other releases wrote their events with. */
    WriterSchemas writers() {
        return reader.writers();
    }

    /** So many of each partition before a time, and as many since. */
    void around(Topic<?, ?> topic, Instant time, long records, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(topic, reader.offsetsAt(List.of(topic), time), records, each);
    }

    /** The newest of each partition. */
    void newest(Topic<?, ?> topic, long records, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        read(topic, reader.stableEnds(List.of(topic)), records, each);
    }

    private void read(
            Topic<?, ?> topic,
            Map<TopicPartition, Long> middles,
            long records,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<TopicPartition, Long> from = new HashMap<>();
        Map<TopicPartition, Long> to = new HashMap<>();
        Map<TopicPartition, Long> ends = reader.stableEnds(List.of(topic));
        middles.forEach((partition, offset) -> {
            from.put(partition, Math.max(0, offset - records));
            to.put(partition, Math.min(ends.getOrDefault(partition, 0L), offset + records));
        });
        reader.from(from).readTo(to, PATIENCE, MOST_BYTES, each);
    }

    @Override
    public void close() {
        reader.close();
    }
}
