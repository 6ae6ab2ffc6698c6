package dev.hemline.page;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Writes what visitors of the page send to one topic; connects with the first of it. Thread-safe. */
final class PageProducer<V> implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16 << 20;

    private final KafkaSettings kafka;
    private final Topic<String, V> topic;
    private @Nullable Producer<String, V> producer;

    PageProducer(KafkaSettings kafka, Topic<String, V> topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * Returns when brokers have it.
     *
     * @throws ExecutionException if they did not take it
     */
    void send(String id, V value) throws ExecutionException, InterruptedException {
        try {
            producer().send(new ProducerRecord<>(topic.name(), id, value)).get();
        } catch (KafkaException e) {
            throw new ExecutionException(e);
        }
    }

    private synchronized Producer<String, V> producer() {
        Producer<String, V> open = producer;
        if (open == null) {
            int patience = Math.toIntExact(PATIENCE.toMillis());
            open = new KafkaProducer<>(
                    kafka.client(Map.of(
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            PATIENCE.toMillis(),
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            patience,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            patience * 2,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            MOST_BYTES)),
                    topic.keySerde().serializer(),
                    topic.valueSerde().serializer());
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofMillis(500));
        }
    }
}
