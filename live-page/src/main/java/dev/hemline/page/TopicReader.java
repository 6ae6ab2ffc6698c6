package dev.hemline.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from now on, as any outsider may: all results, labels and rejects of all instances, and now and then the newest image
 * event. What it cannot keep up with it skips. For one thread, as its consumers are.
 */
final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final List<Topic<?, ?>> TOLD =
            List.of(Topics.CLASSIFICATIONS, Topics.GROUND_TRUTH, Topics.IMAGE_EVENTS_DLQ);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration API_PATIENCE = Duration.ofSeconds(10);
    private static final int POLLED = 500;
    private static final int FETCHED_BYTES = 1 << 20;
    private static final long TOO_FAR_BEHIND = 20_000;

    private final TopicListener listener;
    private final Consumer<byte[], byte[]> told;
    private final EventSampling events;

    /** @throws org.apache.kafka.common.KafkaException if brokers do not answer */
    TopicReader(KafkaSettings kafka, TopicListener listener) {
        this.listener = listener;
        told = consumer(kafka, POLLED);
        try {
            told.assign(partitions(told, TOLD));
            skipToEnd();
            events = new EventSampling(consumer(kafka, 1));
        } catch (RuntimeException e) {
            told.close();
            throw e;
        }
    }

    private static Consumer<byte[], byte[]> consumer(KafkaSettings kafka, int records) {
        Map<String, Object> settings = Map.of(
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "latest",
                "allow.auto.create.topics", "false",
                "max.poll.records", records,
                "fetch.max.bytes", FETCHED_BYTES,
                "default.api.timeout.ms", Math.toIntExact(API_PATIENCE.toMillis()));
        return new KafkaConsumer<>(kafka.client(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(Consumer<?, ?> consumer, List<Topic<?, ?>> topics) {
        return topics.stream()
                .flatMap(topic -> Stream.ofNullable(consumer.partitionsFor(topic.name())))
                .flatMap(List::stream)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Seeking is lazy; asking for the positions makes it happen. */
    private void skipToEnd() {
        told.seekToEnd(told.assignment());
        told.assignment().forEach(told::position);
    }

    /** Tells of what is there, waiting for something for a moment. */
    void read() {
        ConsumerRecords<byte[], byte[]> records = told.poll(TICK);
        records.forEach(this::tell);
        if (records.count() == POLLED && isTooFarBehind()) {
            skipToEnd();
        }
        events.next().ifPresent(this::sampled);
    }

    private boolean isTooFarBehind() {
        return told.assignment().stream()
                .anyMatch(partition -> told.currentLag(partition).orElse(0) > TOO_FAR_BEHIND);
    }

    private void sampled(ConsumerRecord<byte[], byte[]> record) {
        try {
            listener.sampled(Topics.IMAGE_EVENTS
                    .valueSerde()
                    .deserializer()
                    .deserialize(record.topic(), Objects.requireNonNullElse(record.value(), new byte[0])));
        } catch (UndecodableEventException e) {
            LOG.debug("Not shown: {}", e.getMessage());
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(Topics.IMAGE_EVENTS_DLQ.name())) {
                rejected(record);
            } else if (record.value() == null) {
                LOG.debug("Not shown: a tombstone on {}", record.topic());
            } else if (record.topic().equals(Topics.CLASSIFICATIONS.name())) {
                listener.classified(
                        Topics.CLASSIFICATIONS.valueSerde().deserializer().deserialize(record.topic(), record.value()));
            } else {
                listener.labelled(
                        Topics.GROUND_TRUTH.valueSerde().deserializer().deserialize(record.topic(), record.value()));
            }
        } catch (UndecodableEventException e) {
            LOG.debug("Not shown: {}", e.getMessage());
        }
    }

    private void rejected(ConsumerRecord<byte[], byte[]> letter) {
        if (letter.key() != null) {
            listener.rejected(
                    new String(letter.key(), UTF_8),
                    header(letter, DeadLetterHeaders.REASON),
                    header(letter, DeadLetterHeaders.MESSAGE));
        }
    }

    private static String header(ConsumerRecord<?, ?> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        told.close();
        events.close();
    }
}
