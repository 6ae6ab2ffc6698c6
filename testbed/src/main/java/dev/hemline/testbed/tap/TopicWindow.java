package dev.hemline.testbed.tap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of some partitions, read once.
 *
 * @param from where each begins; what is not named here is not read
 * @param until where each ends
 */
public record TopicWindow(Map<TopicPartition, Long> from, Map<TopicPartition, Long> until) {
    private static final Duration TICK = Duration.ofMillis(200);

    public TopicWindow {
        from = Map.copyOf(from);
        until = Map.copyOf(until);
    }

    /**
     * Reads all of it, each partition in order.
     *
     * @param patience how long the brokers may take to hand out the next record
     * @throws UserError if they take longer
     */
    public void read(KafkaSettings kafka, Duration patience, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Instant deadline = Instant.now().plus(patience);
        try (TopicTap tap = TopicTap.from(kafka, from)) {
            while (isBefore(tap.positions())) {
                ConsumerRecords<byte[], byte[]> records = tap.poll(TICK);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() < end(record)) {
                        reader.accept(record);
                    }
                }
                if (!records.isEmpty()) {
                    deadline = Instant.now().plus(patience);
                } else if (Instant.now().isAfter(deadline)) {
                    throw new UserError("Topics could not be read to their ends: no record for " + patience.toSeconds()
                            + " s at " + tap.positions());
                }
            }
        }
    }

    private boolean isBefore(Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream().anyMatch(at -> at.getValue() < until.getOrDefault(at.getKey(), 0L));
    }

    private long end(ConsumerRecord<?, ?> record) {
        return until.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }
}
