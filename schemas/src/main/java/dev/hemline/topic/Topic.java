package dev.hemline.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic as a typed descriptor: everything one has to know to create, write or read it.
 *
 * @param partitions how many partitions it is created with
 * @param config topic settings it is created with, by Kafka's names
 */
public record Topic<K, V>(
        String name, Serde<K> keySerde, Serde<V> valueSerde, int partitions, Map<String, String> config) {

    public Topic {
        config = Map.copyOf(config);
    }

    /** A topic whose records are deleted when they are older than {@code retention}. */
    static <K, V> Topic<K, V> deleted(String name, Serde<K> key, Serde<V> value, int partitions, Duration retention) {
        return new Topic<>(name, key, value, partitions, Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE)
                .with(TopicConfig.RETENTION_MS_CONFIG, retention);
    }

    /** A topic that keeps the newest record of every key for good. */
    static <K, V> Topic<K, V> compacted(String name, Serde<K> key, Serde<V> value, int partitions) {
        return new Topic<>(name, key, value, partitions, Map.of())
                .with(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    /** Retention counts from when a record came: times are senders' own, and one of last week is deleted before it is read. */
    Topic<K, V> timedByBrokers() {
        return with(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    }

    Topic<K, V> with(String setting, String value) {
        Map<String, String> extended = new HashMap<>(config);
        extended.put(setting, value);
        return new Topic<>(name, keySerde, valueSerde, partitions, extended);
    }

    /** A setting in milliseconds. */
    Topic<K, V> with(String setting, Duration value) {
        return with(setting, Long.toString(value.toMillis()));
    }

    /** The same topic; values of it that others wrote with these schemas are read, too. */
    @SuppressWarnings("unchecked") // an EventSerde of the same type
    public Topic<K, V> reading(WriterSchemas others) {
        return valueSerde instanceof EventSerde<?> events
                ? new Topic<>(name, keySerde, (Serde<V>) events.reading(others), partitions, config)
                : this;
    }

    /**
     * What a record of it holds; nothing where that is a tombstone, or none of ours: anybody may have written it.
     *
     * @throws NotYetReadableException if its writer's schema cannot be looked up now
     */
    public Optional<V> value(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(valueSerde.deserializer().deserialize(name, record.value()));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
