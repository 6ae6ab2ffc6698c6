package dev.hemline.testbed.stream;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How far a consumer group has got, by what it committed, and who shares its work. */
public final class ConsumerGroup implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Admin admin;
    private final String group;

    public ConsumerGroup(KafkaSettings kafka, String group) {
        this.admin = Admin.create(kafka.client(Map.of()));
        this.group = group;
    }

    /** Whether it has so many members, and none comes or goes; false where nobody can tell right now. */
    public boolean settled(int members) throws InterruptedException {
        var options = new DescribeConsumerGroupsOptions().timeoutMs((int) PATIENCE.toMillis());
        try {
            ConsumerGroupDescription found = admin.describeConsumerGroups(List.of(group), options)
                    .all()
                    .get()
                    .get(group);
            return found != null
                    && found.groupState() == GroupState.STABLE
                    && found.members().size() == members;
        } catch (ExecutionException e) {
            return false;
        }
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
        admin.close(PATIENCE);
    }
}
