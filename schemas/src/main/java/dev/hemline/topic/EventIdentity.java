package dev.hemline.topic;

import dev.hemline.event.ImageEvent;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * What an image event is called before and after: its id where that can be read and may be one, else what its record says beside
 * it: {@code ce_id}, the key, the place where it was first received. A dead letter says the id in a header, and carries bytes,
 * key and place as they were received, so all of them lead to the same name.
 */
public final class EventIdentity {
    private EventIdentity() {}

    /** The name of a record of topic {@code image-events}, of which is known what {@link #event} it holds. */
    public static String ofEvent(ConsumerRecord<byte[], byte[]> record, Optional<ImageEvent> event) {
        return event.map(ImageEvent::getId).filter(EventChecks::isId).orElseGet(() -> new RecordContext(record).name());
    }

    /** The name that a record of topic {@code image-events-dlq} had on topic {@code image-events}. */
    public static String ofDeadLetter(ConsumerRecord<byte[], byte[]> letter, ImageEventReader events) {
        return DeadLetterHeaders.text(letter, DeadLetterHeaders.EVENT_ID)
                .filter(EventChecks::isId)
                .orElseGet(() -> ofEvent(DeadLetterHeaders.received(letter), rejected(letter, events)));
    }

    /**
     * The event that a record holds, if it holds one.
     *
     * @throws NotYetReadableException if that cannot be told yet
     */
    public static Optional<ImageEvent> event(ConsumerRecord<byte[], byte[]> record, ImageEventReader events) {
        try {
            return Optional.of(events.read(record));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    /** The event that a dead letter holds, if it holds one whose schema can be looked up now, and by this user. */
    public static Optional<ImageEvent> rejected(ConsumerRecord<byte[], byte[]> letter, ImageEventReader events) {
        try {
            return event(DeadLetterHeaders.received(letter), events);
        } catch (KafkaException e) {
            // What the letter itself says is enough then.
            return Optional.empty();
        }
    }
}
