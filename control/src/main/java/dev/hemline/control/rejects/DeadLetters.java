package dev.hemline.control.rejects;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads dead letters, and what belongs to them, for a person who waits. Every method throws a {@link UserError} if no broker
 * answers or the topic is missing. For one thread.
 */
final class DeadLetters implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final String brokers;
    private final TopicReader reader;
    private final ImageEventReader events;

    DeadLetters(KafkaSettings kafka) {
        brokers = kafka.bootstrapServers();
        reader = new TopicReader(kafka.client(
                Map.of(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()))));
        events = new ImageEventReader().reading(reader.writers());
    }

    /** Every letter up to the topic's end as of this call. */
    void forEach(Consumer<DeadLetter> action) {
        forEach(Topics.IMAGE_EVENTS_DLQ, record -> action.accept(letter(record)));
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetter(record, events);
    }

    /** Every record up to the topic's end as of this call. */
    void forEach(Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try {
            reader.readAll(topic, PATIENCE, action);
        } catch (KafkaException e) {
            throw told(topic, e);
        }
    }

    /** One letter; empty if it is not there any more, or never was. */
    Optional<DeadLetter> find(DeadLetter.Place place) {
        return read(Topics.IMAGE_EVENTS_DLQ, place.partition(), place.offset()).map(this::letter);
    }

    /**
     * The event that a letter was made of; empty if it is not there any more. Other topics than that of events are not looked
     * into, whatever a letter says.
     */
    Optional<ConsumerRecord<byte[], byte[]>> find(DeadLetter.Origin origin) {
        return origin.topic().equals(Topics.IMAGE_EVENTS.name())
                ? read(Topics.IMAGE_EVENTS, origin.partition(), origin.offset())
                : Optional.empty();
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(Topic<?, ?> topic, int partition, long offset) {
        var place = new TopicPartition(topic.name(), partition);
        try {
            return partitions(topic).contains(place) ? reader.read(place, offset, PATIENCE) : Optional.empty();
        } catch (KafkaException e) {
            throw told(topic, e);
        }
    }

    List<TopicPartition> partitions(Topic<?, ?> topic) {
        try {
            return reader.partitions(List.of(topic));
        } catch (KafkaException e) {
            throw told(topic, e);
        }
    }

    private RuntimeException told(Topic<?, ?> topic, KafkaException e) {
        if (e instanceof UnknownTopicOrPartitionException) {
            return new UserError("Topic " + topic + " is not there; 'hemline classifier' makes it when it starts", e);
        }
        if (e instanceof TimeoutException) {
            return new UserError(
                    "No Kafka broker answered at " + brokers + " within " + PATIENCE.toSeconds() + " s", e);
        }
        return e instanceof TopicReader.StalledException
                ? new UserError(
                        "Topic " + topic + " could not be read to its end: no record for " + PATIENCE.toSeconds()
                                + " s",
                        e)
                : e;
    }

    @Override
    public void close() {
        reader.close();
    }
}
