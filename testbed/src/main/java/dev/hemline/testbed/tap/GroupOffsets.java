package dev.hemline.testbed.tap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has got, by what it committed. */
public final class GroupOffsets implements AutoCloseable {
    private final Admin admin;
    private final String group;

    public GroupOffsets(KafkaSettings kafka, String group) {
        this.admin = Admin.create(kafka.client(Map.of()));
        this.group = group;
    }

    /** Whether everything before these offsets is done with; partitions without a record count as done. */
    public boolean reached(Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        return offsets.entrySet().stream().allMatch(wanted -> {
            OffsetAndMetadata found = committed.get(wanted.getKey());
            return wanted.getValue() == 0 || (found != null && found.offset() >= wanted.getValue());
        });
    }

    /** Records of that topic that are done with, where every record of it counts from offset 0. */
    public long sum(Topic<?, ?> topic) {
        return committed().entrySet().stream()
                .filter(at -> at.getKey().topic().equals(topic.name()) && at.getValue() != null)
                .mapToLong(at -> at.getValue().offset())
                .sum();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("The offsets of group " + group + " cannot be found out", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking for offsets", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
