package dev.hemline.testbed.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
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
    private static final String TOPIC = "__streams.errors.topic";
    private static final String PARTITION = "__streams.errors.partition";
    private static final String OFFSET = "__streams.errors.offset";

    private EventIdentity() {}

    /** The name of a record of topic {@code image-events}. */
    public static String ofEvent(ConsumerRecord<byte[], byte[]> record) {
        return event(record).map(event -> ofEvent(record, event)).orElseGet(() -> ofUndecodable(record, place(record)));
    }

    /** The name of a record whose value was decoded already. */
    public static String ofEvent(ConsumerRecord<byte[], byte[]> record, ImageEvent event) {
        return event.getId().isEmpty() ? ofUndecodable(record, place(record)) : event.getId();
    }

    /** The name that a record of topic {@code image-events-dlq} had on topic {@code image-events}. */
    public static String ofDeadLetter(ConsumerRecord<byte[], byte[]> record) {
        return event(record)
                .map(ImageEvent::getId)
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> ofUndecodable(record, formerPlace(record)));
    }

    /** The event that a record holds, if it holds one. */
    public static Optional<ImageEvent> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(EVENTS.decode(record.value()));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    private static String ofUndecodable(ConsumerRecord<byte[], byte[]> record, String place) {
        byte[] key = record.key();
        return key == null || key.length == 0 ? place : new String(key, UTF_8);
    }

    private static String place(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static String formerPlace(ConsumerRecord<?, ?> record) {
        return text(record, TOPIC).orElse(Topics.IMAGE_EVENTS.name())
                + "-" + text(record, PARTITION).orElse("?")
                + "@" + text(record, OFFSET).orElse("?");
    }

    private static Optional<String> text(ConsumerRecord<?, ?> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null
                ? Optional.empty()
                : Optional.of(new String(found.value(), UTF_8));
    }
}
