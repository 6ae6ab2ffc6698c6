package dev.hemline.testbed.tap;

import static java.util.stream.Collectors.toMap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Where topics end: for writers, and for readers of committed records, whom open transactions hold up. */
public final class TopicEnds implements AutoCloseable {
    private final Admin admin;

    public TopicEnds(KafkaSettings kafka) {
        admin = Admin.create(kafka.client(Map.of()));
    }

    /** The offset after the last record written, per partition. */
    public Map<TopicPartition, Long> written(Collection<? extends Topic<?, ?>> topics) {
        return ends(topics, IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset of the first record that still waits for its transaction, or else the same as {@link #written}. */
    public Map<TopicPartition, Long> stable(Collection<? extends Topic<?, ?>> topics) {
        return ends(topics, IsolationLevel.READ_COMMITTED);
    }

    private Map<TopicPartition, Long> ends(Collection<? extends Topic<?, ?>> topics, IsolationLevel level) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        Map<String, TopicDescription> described = get(
                admin.describeTopics(topics.stream().map(Topic::name).toList()).allTopicNames());
        described.forEach((name, topic) -> topic.partitions()
                .forEach(info -> latest.put(new TopicPartition(name, info.partition()), OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                get(admin.listOffsets(latest, new ListOffsetsOptions(level)).all());
        return found.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new KafkaException("The ends of topics cannot be found out", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking for the ends of topics", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
