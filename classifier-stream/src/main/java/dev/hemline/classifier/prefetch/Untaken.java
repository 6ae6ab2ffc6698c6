package dev.hemline.classifier.prefetch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Records that were polled and not taken on. For one thread. */
final class Untaken {
    private final Map<TopicPartition, Rest> rests = new HashMap<>();

    /** @param next where the partition goes on after the records; there may be gaps, for instance of aborted transactions */
    private record Rest(List<ConsumerRecord<byte[], byte[]>> records, OffsetAndMetadata next) {}

    Set<TopicPartition> partitions() {
        return rests.keySet();
    }

    OptionalLong position(TopicPartition partition) {
        Rest rest = rests.get(partition);
        return rest == null
                ? OptionalLong.empty()
                : OptionalLong.of(rest.records().get(0).offset());
    }

    /** Of keys and values. */
    long bytes() {
        return rests.values().stream()
                .flatMap(rest -> rest.records().stream())
                .mapToLong(
                        record -> Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize()))
                .sum();
    }

    void drop(Collection<TopicPartition> partitions) {
        partitions.forEach(rests::remove);
    }

    /** Takes what is kept out, but of partitions that are paused; what was polled since comes behind it. */
    ConsumerRecords<byte[], byte[]> before(ConsumerRecords<byte[], byte[]> polled, Set<TopicPartition> paused) {
        if (paused.containsAll(rests.keySet())) {
            return polled;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = records(polled);
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : List.copyOf(rests.keySet())) {
            if (!paused.contains(partition)) {
                Rest rest = Objects.requireNonNull(rests.remove(partition));
                next.putIfAbsent(partition, rest.next());
                List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(rest.records());
                all.addAll(records.getOrDefault(partition, List.of()));
                records.put(partition, all);
            }
        }
        return new ConsumerRecords<>(records, next);
    }

    /** Keeps what begins at these offsets, and returns what is before. */
    ConsumerRecords<byte[], byte[]> keep(ConsumerRecords<byte[], byte[]> offered, Map<TopicPartition, Long> left) {
        if (left.isEmpty()) {
            return offered;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> taken = records(offered);
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(offered.nextOffsets());
        left.forEach((partition, offset) -> {
            List<ConsumerRecord<byte[], byte[]>> all = offered.records(partition);
            int end = 0;
            while (all.get(end).offset() < offset) {
                end++;
            }
            // Copies, so that what was taken can go before what is kept.
            rests.put(
                    partition,
                    new Rest(List.copyOf(all.subList(end, all.size())), Objects.requireNonNull(next.get(partition))));
            next.put(partition, new OffsetAndMetadata(offset));
            if (end == 0) {
                taken.remove(partition);
            } else {
                taken.put(partition, List.copyOf(all.subList(0, end)));
            }
        });
        return new ConsumerRecords<>(taken, next);
    }

    /** From where all of it is left. */
    static Map<TopicPartition, Long> beginnings(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        records(polled)
                .forEach((partition, records) ->
                        beginnings.put(partition, records.get(0).offset()));
        return beginnings;
    }

    private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records(
            ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        polled.partitions().forEach(partition -> records.put(partition, polled.records(partition)));
        return records;
    }
}
