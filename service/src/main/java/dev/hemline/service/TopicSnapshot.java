package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A small compacted topic as it is now, for a command that shows it and ends. */
public final class TopicSnapshot {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TopicSnapshot() {}

    /**
     * The newest value of each key, in the order of their first ones; nothing where there is no such topic.
     *
     * @param fault what is wrong with a value that is to be passed over
     * @throws UserError if brokers do not give it
     */
    public static <V> Map<String, V> of(
            KafkaSettings answering, Topic<String, V> topic, Function<V, Optional<String>> fault) {
        Map<String, V> newest = new LinkedHashMap<>();
        int patience = Math.toIntExact(PATIENCE.toMillis());
        try (var reader = new TopicReader(answering.client(Map.of("default.api.timeout.ms", patience)))) {
            Topic<String, V> readable = topic.reading(reader.writers());
            reader.readAll(readable, PATIENCE, record -> take(record, readable, fault, newest));
        } catch (UnknownTopicOrPartitionException e) {
            return Map.of();
        } catch (KafkaException e) {
            throw KafkaProblem.error(answering, e);
        }
        return newest;
    }

    private static <V> void take(
            ConsumerRecord<byte[], byte[]> record,
            Topic<String, V> topic,
            Function<V, Optional<String>> fault,
            Map<String, V> newest) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), UTF_8);
        if (record.value() == null) {
            newest.remove(key);
        } else {
            topic.value(record)
                    .filter(value -> fault.apply(value).isEmpty())
                    .ifPresent(value -> newest.put(key, value));
        }
    }
}
