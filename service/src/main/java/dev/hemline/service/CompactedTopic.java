package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.TopicReader.StalledException;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small compacted topic by which instances tell each other something, to read as far as it goes and to write on. Connects
 * when it is first needed. Thread-safe; every call may throw a {@link KafkaException}, a {@link TimeoutException} if no broker
 * answers within the patience.
 */
public final class CompactedTopic<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final Topic<String, V> topic;
    private final Duration patience;
    private final LogThrottle line = new LogThrottle();
    private @Nullable TopicReader reader;
    private @Nullable Producer<String, V> producer;

    public CompactedTopic(KafkaSettings kafka, Topic<String, V> topic, Duration patience) {
        this.kafka = kafka;
        this.topic = topic;
        this.patience = patience;
    }

    /**
     * Reads what is there and was not read before, in the order in which it was written; null is a tombstone. Who may
     * write here may write anything: what cannot be decoded is passed over.
     *
     * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException if the topic is missing
     */
    public synchronized void readNew(BiConsumer<String, @Nullable V> each) {
        TopicReader open = reader();
        try {
            open.readTo(open.stableEnds(List.of(topic)), patience, record -> decoded(record, each));
        } catch (StalledException e) {
            throw new TimeoutException(e.getMessage(), e);
        }
    }

    private void decoded(ConsumerRecord<byte[], byte[]> record, BiConsumer<String, @Nullable V> each) {
        if (record.key() == null) {
            return;
        }
        try {
            V value = record.value() == null
                    ? null
                    : topic.valueSerde().deserializer().deserialize(topic.name(), record.value());
            each.accept(new String(record.key(), UTF_8), value);
        } catch (UndecodableEventException e) {
            if (line.isDue(topic.name())) {
                LOG.warn("Passed over offset {} of topic {}: {}", record.offset(), topic, e.getMessage());
            }
        }
    }

    private TopicReader reader() {
        TopicReader open = reader;
        if (open == null) {
            // Nothing of ours is written in a transaction here, and a stranger's that stays open must keep nobody
            // waiting.
            open = TopicReader.uncommitted(kafka.client(timeouts(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)));
            try {
                reader = open.fromBeginning(List.of(topic));
            } catch (KafkaException e) {
                open.close();
                throw e;
            }
        }
        return open;
    }

    /** Writes a record and waits until brokers have it for good; null is a tombstone. */
    public void write(String key, @Nullable V value) {
        try {
            producer().send(new ProducerRecord<>(topic.name(), key, value)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException("Not written to topic " + topic, e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Writes a record that nobody waits for; null is a tombstone. */
    public void send(String key, @Nullable V value) {
        try {
            var unused = producer().send(new ProducerRecord<>(topic.name(), key, value), (at, failure) -> {
                if (failure != null) {
                    LOG.debug("Not written to topic {}: {}", topic, key, failure);
                }
            });
        } catch (KafkaException e) {
            LOG.debug("Not written to topic {}: {}", topic, key, e);
        }
    }

    private synchronized Producer<String, V> producer() {
        Producer<String, V> open = producer;
        if (open == null) {
            Map<String, Object> settings = timeouts(
                    ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    ProducerConfig.MAX_BLOCK_MS_CONFIG);
            settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            open = new KafkaProducer<>(
                    kafka.client(settings),
                    topic.keySerde().serializer(),
                    topic.valueSerde().serializer());
            producer = open;
        }
        return open;
    }

    private Map<String, Object> timeouts(String... settings) {
        Map<String, Object> timeouts = new HashMap<>();
        for (String setting : settings) {
            timeouts.put(setting, Math.toIntExact(patience.toMillis()));
        }
        return timeouts;
    }

    /** Within two seconds; what was sent is written if brokers take it by then. */
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(CLOSE_TIMEOUT);
        }
        if (reader != null) {
            reader.close();
        }
    }
}
