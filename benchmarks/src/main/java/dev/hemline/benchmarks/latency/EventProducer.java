package dev.hemline.benchmarks.latency;

import dev.hemline.event.ImageEvent;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Hands events to the brokers at once, and does not wait for them. */
final class EventProducer implements Consumer<ImageEvent>, AutoCloseable {
    private final Producer<String, ImageEvent> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    EventProducer(KafkaSettings kafka) {
        // Kafka's default is to wait 5 ms for more, which would be the sender's latency, not the stream's.
        producer = new KafkaProducer<>(
                kafka.client(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0)),
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer());
    }

    @Override
    public void accept(ImageEvent event) {
        var unused = producer.send(
                new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event), (metadata, failed) -> {
                    if (failed != null) {
                        failure.compareAndSet(null, failed);
                    }
                });
    }

    /**
     * Waits until the brokers have all.
     *
     * @throws KafkaException if they do not take one of them
     */
    void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new KafkaException("An event could not be sent", failed);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
