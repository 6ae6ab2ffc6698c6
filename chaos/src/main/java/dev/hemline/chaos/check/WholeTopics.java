package dev.hemline.chaos.check;

import static java.util.stream.Collectors.toMap;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.tap.TopicEnds;
import dev.hemline.testbed.tap.TopicWindow;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Topics from their first record to their last committed one. */
record WholeTopics(KafkaSettings kafka, Duration patience) {
    void read(Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (var ends = new TopicEnds(kafka)) {
            Map<TopicPartition, Long> stable = ends.stable(List.of(topic));
            Map<TopicPartition, Long> beginning = stable.keySet().stream().collect(toMap(at -> at, at -> 0L));
            new TopicWindow(beginning, stable).read(kafka, patience, reader);
        }
    }
}
