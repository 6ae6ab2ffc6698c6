package dev.hemline.benchmarks.scale;

import dev.hemline.event.ImageEvent;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes backlogs that are there all at once: each is a transaction, and classifiers read nothing of it before it is
 * committed.
 */
final class Backlogs implements AutoCloseable {
    private static final String SOURCE = "bench-scale";
    private static final int TRANSACTION_TIMEOUT_MS = 600_000;
    private static final int MAX_REQUEST_BYTES = 2 << 20;
    private static final int LINGER_MS = 10;

    private final Producer<String, ImageEvent> producer;
    private long sent;

    Backlogs(KafkaSettings kafka) {
        producer = new KafkaProducer<>(
                kafka.client(Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        SOURCE,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                        TRANSACTION_TIMEOUT_MS,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MS)),
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer());
        producer.initTransactions();
    }

    /**
     * Brings events to the broker, where nobody sees them yet.
     *
     * @return where they end, per partition that has any
     */
    Map<TopicPartition, Long> prepare(Pictures pictures, int events) {
        Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
        producer.beginTransaction();
        for (int i = 0; i < events; i++) {
            ImageEvent event = event(pictures);
            // The commit fails if any of them did.
            var unused = producer.send(
                    new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event), (where, failure) -> {
                        if (failure == null) {
                            ends.merge(
                                    new TopicPartition(where.topic(), where.partition()),
                                    where.offset() + 1,
                                    Math::max);
                        }
                    });
        }
        producer.flush();
        return new HashMap<>(ends);
    }

    /** Now classifiers see them. */
    void release() {
        producer.commitTransaction();
    }

    private ImageEvent event(Pictures pictures) {
        long n = sent++;
        return ImageEvent.newBuilder()
                .setId(SOURCE + "-" + n)
                .setSource(SOURCE)
                .setCapturedAt(Instant.now())
                .setFormat(pictures.format())
                .setWidth(pictures.side())
                .setHeight(pictures.side())
                .setContent(pictures.content(n))
                .setLabel(null)
                .build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
