package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What an image event is called before and after: its id where its bytes tell one, else its record's key, else the place
 * where it was first written. A dead letter carries bytes and key as they were received, and that place in its headers,
 * so all three lead to the same name.
 */
public final class EventIdentity {
    private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);

    private EventIdentity() {}

    /** The name of a record of topic {@code image-events}, of which is known what {@link #event} it holds. */
    public static String ofEvent(ConsumerRecord<byte[], byte[]> record, Optional<ImageEvent> event) {
        return name(record, event, place(record.topic(), record.partition(), record.offset()));
    }

    /** The name that a record of topic {@code image-events-dlq} had on topic {@code image-events}. */
    public static String ofDeadLetter(ConsumerRecord<byte[], byte[]> record) {
        return name(
                record,
                event(record),
                place(
                        text(record, DeadLetterHeaders.TOPIC).orElse(Topics.IMAGE_EVENTS.name()),
                        text(record, DeadLetterHeaders.PARTITION).orElse("?"),
                        text(record, DeadLetterHeaders.OFFSET).orElse("?")));
    }

    /** The event that a record holds, if it holds one. */
    public static Optional<ImageEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(EVENTS.decode(record.value()));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    /** What a header says, if it is there. */
    public static Optional<String> text(ConsumerRecord<?, ?> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    private static String name(ConsumerRecord<byte[], byte[]> record, Optional<ImageEvent> event, String place) {
        byte[] key = record.key();
        return event.map(ImageEvent::getId)
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> key == null || key.length == 0 ? place : new String(key, UTF_8));
    }

    private static String place(String topic, Object partition, Object offset) {
        return topic + "-" + partition + "@" + offset;
    }
}
