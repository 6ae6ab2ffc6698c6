package dev.hemline.service;

import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
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

/** How a {@link CompactedTopic} is written: by a producer that connects when it is first needed. Thread-safe. */
final class TopicWriter<V> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompactedTopic.class);

    private final Topic<String, V> topic;
    private final Duration patience;
    private final Supplier<Producer<String, V>> producers;
    private final AtomicReference<@Nullable Producer<String, V>> producer = new AtomicReference<>();
    private volatile boolean closed;

    TopicWriter(Topic<String, V> topic, Duration patience, Supplier<Producer<String, V>> producers) {
        this.topic = topic;
        this.patience = patience;
        this.producers = producers;
    }

    static <V> Producer<String, V> producer(KafkaSettings kafka, Topic<String, V> topic, Duration patience) {
        Map<String, Object> settings = kafka.client(Map.of());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, CompactedTopic.millis(CompactedTopic.oneBroker(patience)));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, CompactedTopic.millis(patience));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, CompactedTopic.millis(patience));
        return new KafkaProducer<>(
                settings, topic.keySerde().serializer(), topic.valueSerde().serializer());
    }

    /** Waits until brokers have it for good. */
    void write(String key, @Nullable V value) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            sent(key, value).get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException known) {
                throw known;
            }
            throw new KafkaException("Not written to topic " + topic, e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("Nothing is known of what was written to topic " + topic, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    void send(String key, @Nullable V value) {
        try {
            var unused = sent(key, value);
        } catch (KafkaException e) {
            LOG.debug("Not written to topic {}: {}", topic, key, e);
        }
    }

    private Future<?> sent(String key, @Nullable V value) {
        try {
            return producer().send(new ProducerRecord<>(topic.name(), key, value), (at, failure) -> {
                if (failure != null) {
                    LOG.debug("Not written to topic {}: {}", topic, key, failure);
                }
            });
        } catch (IllegalStateException e) {
            // It was closed meanwhile.
            throw closedHere(e);
        }
    }

    private Producer<String, V> producer() {
        if (closed) {
            throw closedHere(null);
        }
        Producer<String, V> open = producer.get();
        if (open == null) {
            open = producers.get();
            if (!producer.compareAndSet(null, open)) {
                open.close(Duration.ZERO);
                return producer();
            }
            if (closed) {
                open.close(Duration.ZERO);
            }
        }
        return open;
    }

    private KafkaException closedHere(@Nullable Exception e) {
        return new KafkaException("Topic " + topic + " is closed here", e);
    }

    /** What was sent is written if brokers take it within a second. */
    @Override
    public void close() {
        closed = true;
        Producer<String, V> open = producer.get();
        if (open != null) {
            open.close(CompactedTopic.CLOSE_TIMEOUT);
        }
    }
}
