package dev.hemline.page;

import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes the newest event of topic {@code image-events} about once a second, from its partitions in turn, and no other. */
final class EventSampling implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(900);
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> seen = new HashMap<>();
    private Instant next = Instant.now();
    private int turn;

    /** @param consumer owned by this from now on */
    EventSampling(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
        consumer.assign(TopicReader.partitions(consumer, List.of(Topics.IMAGE_EVENTS)));
        consumer.pause(consumer.assignment());
        seen.putAll(consumer.endOffsets(consumer.assignment()));
    }

    /** Empty if it is not time yet, or if there is nothing new. */
    Optional<ConsumerRecord<byte[], byte[]>> next() {
        Instant now = Instant.now();
        if (now.isBefore(next)) {
            return Optional.empty();
        }
        next = now.plus(PERIOD);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        List<TopicPartition> fresh = ends.entrySet().stream()
                .filter(end -> end.getValue() > seen.getOrDefault(end.getKey(), 0L))
                .map(Map.Entry::getKey)
                .toList();
        return fresh.isEmpty() ? Optional.empty() : last(fresh.get(Math.floorMod(turn++, fresh.size())), ends);
    }

    private Optional<ConsumerRecord<byte[], byte[]>> last(TopicPartition partition, Map<TopicPartition, Long> ends) {
        long end = Objects.requireNonNull(ends.get(partition));
        seen.put(partition, end);
        consumer.seek(partition, end - 1);
        consumer.resume(List.of(partition));
        try {
            return consumer.poll(PATIENCE).records(partition).stream().findFirst();
        } finally {
            consumer.pause(List.of(partition));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
