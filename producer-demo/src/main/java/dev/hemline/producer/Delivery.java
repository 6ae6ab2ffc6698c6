package dev.hemline.producer;

import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Hands records to Kafka and keeps account of every one. The first that fails for good, after the client's own retries,
 * ends the delivery: a gap must not go unnoticed.
 */
final class Delivery implements AutoCloseable {

    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    private final Producer<String, byte[]> producer;
    private final DeliveryCounts counts;
    private final AtomicReference<@Nullable String> firstFailure = new AtomicReference<>();

    Delivery(Producer<String, byte[]> producer, DeliveryCounts counts) {
        this.producer = producer;
        this.counts = counts;
    }

    /** The client's own metrics, not bound yet. */
    KafkaClientMetrics metrics() {
        return new KafkaClientMetrics(producer);
    }

    /**
     * Waits until Kafka tells where a topic is, so that the first event need not.
     *
     * @throws UserError if it does not within the client's {@code max.block.ms}
     */
    void awaitTopic(Topic<?, ?> topic) {
        try {
            producer.partitionsFor(topic.name());
        } catch (KafkaException e) {
            throw new UserError("Topic " + topic + " cannot be reached: " + e.getMessage(), e);
        }
    }

    /**
     * Hands one record over, which is sent soon. Waits while too many are under way.
     *
     * @throws UserError if an earlier one failed
     */
    void send(EventKind kind, Topic<?, ?> topic, String key, byte @Nullable [] value) {
        endIfFailed();
        // the callback says how it went, so the future has no news
        var unused = producer.send(new ProducerRecord<>(topic.name(), key, value), (metadata, failure) -> {
            if (failure == null) {
                counts.acknowledge(kind);
            } else {
                counts.fail(kind);
                firstFailure.compareAndSet(
                        null, "Event " + key + " could not be sent to topic " + topic + ": " + failure.getMessage());
            }
        });
    }

    /**
     * Waits until everything is acknowledged, and closes the connection.
     *
     * @param patience what is not acknowledged by then has failed
     * @throws UserError if anything failed
     */
    void finish(Duration patience) {
        producer.close(patience);
        endIfFailed();
    }

    /** @throws UserError if anything failed, with the final figures */
    void endIfFailed() {
        String failure = firstFailure.get();
        if (failure != null) {
            close();
            throw new UserError("%s (%,d events failed, %,d were acknowledged)"
                    .formatted(failure, counts.failed(), counts.acknowledged()));
        }
    }

    @Override
    public void close() {
        producer.close(LAST_WORDS);
    }
}
