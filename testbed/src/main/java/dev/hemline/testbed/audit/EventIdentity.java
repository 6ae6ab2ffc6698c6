package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.UndecodableEventException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What an image event is called before and after: its id where its record tells one, else its record's key, else the place
 * where it was first written. A dead letter carries bytes and key as they were received, and that place in its headers,
 * so all three lead to the same name.
 */
public final class EventIdentity {
    private EventIdentity() {}

    /** The name of a record of topic {@code image-events}, of which is known what {@link #event} it holds. */
    public static String ofEvent(ConsumerRecord<byte[], byte[]> record, Optional<ImageEvent> event) {
        byte[] key = record.key();
        return event.map(ImageEvent::getId)
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> key == null || key.length == 0
                        ? record.topic() + "-" + record.partition() + "@" + record.offset()
                        : new String(key, UTF_8));
    }

    /** The name that a record of topic {@code image-events-dlq} had on topic {@code image-events}. */
    public static String ofDeadLetter(ConsumerRecord<byte[], byte[]> record, ImageEventReader events) {
        ConsumerRecord<byte[], byte[]> received = DeadLetterHeaders.received(record);
        return ofEvent(received, event(received, events));
    }

    /** The event that a record holds, if it holds one. */
    public static Optional<ImageEvent> event(ConsumerRecord<byte[], byte[]> record, ImageEventReader events) {
        try {
            return Optional.of(events.read(record));
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
}
