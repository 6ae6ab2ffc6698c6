package dev.hemline.quickstart.demo;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What is written to a topic from some moment on. */
final class TopicTail<V> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final Topic<?, V> topic;
    private final Map<TopicPartition, Long> from;

    private TopicTail(KafkaSettings kafka, Topic<?, V> topic, Map<TopicPartition, Long> from) {
        this.kafka = kafka;
        this.topic = topic;
        this.from = from;
    }

    static <V> TopicTail<V> fromNow(KafkaSettings kafka, Topic<?, V> topic) {
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            return new TopicTail<>(kafka, topic, reader.writtenEnds(List.of(topic)));
        }
    }

    /** Up to now. */
    List<V> read() {
        List<V> written = new ArrayList<>();
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            Map<TopicPartition, Long> ends = reader.writtenEnds(List.of(topic));
            reader.from(from)
                    .readTo(ends, PATIENCE, record -> topic.value(record).ifPresent(written::add));
        }
        return written;
    }
}
