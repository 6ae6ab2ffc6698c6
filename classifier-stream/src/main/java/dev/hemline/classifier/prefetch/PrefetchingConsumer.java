package dev.hemline.classifier.prefetch;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Shows each poll to {@link PrefetchedOutcomes} and gives Kafka Streams as much of it as is taken on. What is not, is
 * polled again: the position goes back.
 */
final class PrefetchingConsumer extends KafkaConsumer<byte[], byte[]> {
    private final PrefetchedOutcomes prefetched;
    private final BooleanSupplier room;
    private final Set<TopicPartition> pausedHere = new HashSet<>();

    PrefetchingConsumer(Map<String, Object> config, PrefetchedOutcomes prefetched, BooleanSupplier room) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.prefetched = prefetched;
        this.room = room;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> polled = room.getAsBoolean() ? super.poll(timeout) : pollNothing(timeout);
        // While this thread waited for records, others may have filled the room.
        Map<TopicPartition, Long> left = room.getAsBoolean() ? prefetched.polled(polled) : beginnings(polled);
        left.forEach(this::seek);
        return left.isEmpty() ? polled : before(left, polled);
    }

    private static Map<TopicPartition, Long> beginnings(ConsumerRecords<byte[], byte[]> polled) {
        return polled.partitions().stream()
                .collect(toMap(
                        Function.identity(),
                        partition -> polled.records(partition).get(0).offset()));
    }

    /** For the sake of the group; paused, partitions keep what they have fetched. */
    private ConsumerRecords<byte[], byte[]> pollNothing(Duration timeout) {
        pausedHere.addAll(assignment());
        pausedHere.removeAll(paused());
        super.pause(pausedHere);
        try {
            return super.poll(timeout);
        } finally {
            pausedHere.retainAll(assignment());
            resume(pausedHere);
            pausedHere.clear();
        }
    }

    /** Also called from within a poll: what came back without a task that is ready stays paused until there is one. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedHere.removeAll(partitions);
        super.pause(partitions);
    }

    /** What was polled, without what begins at these offsets. */
    static ConsumerRecords<byte[], byte[]> before(
            Map<TopicPartition, Long> left, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            long end = left.getOrDefault(partition, Long.MAX_VALUE);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.records(partition));
            records.removeIf(record -> record.offset() >= end);
            if (!records.isEmpty()) {
                taken.put(partition, records);
            }
        }
        left.forEach((partition, offset) -> next.put(partition, new OffsetAndMetadata(offset)));
        return new ConsumerRecords<>(taken, next);
    }
}
