package dev.hemline.benchmarks.stream;

import static java.util.stream.Collectors.toMap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.tap.TopicEnds;
import dev.hemline.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Where a consumer group that has no member yet is going to begin. */
public final class GroupStart {
    private GroupStart() {}

    /** With the next image event: what others have already classified is not its business. */
    public static void atNextEvent(KafkaSettings kafka, String group) {
        Map<TopicPartition, OffsetAndMetadata> offsets;
        try (var ends = new TopicEnds(kafka)) {
            offsets = ends.written(List.of(Topics.IMAGE_EVENTS)).entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue())));
        }
        try (Admin admin = Admin.create(kafka.client(Map.of()))) {
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        } catch (ExecutionException e) {
            throw new KafkaException("Group " + group + " cannot be told where to begin", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while telling a group where to begin", e);
        }
    }
}
