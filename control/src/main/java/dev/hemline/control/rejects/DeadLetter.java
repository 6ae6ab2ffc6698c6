package dev.hemline.control.rejects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.ImageEventReader;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;

/**
 * A record of topic {@code image-events-dlq}, and what its headers say.
 *
 * @param events reads what was put aside
 */
record DeadLetter(ConsumerRecord<byte[], byte[]> record, ImageEventReader events) {
    private static final String UNKNOWN = "unknown";

    Place place() {
        return new Place(record.partition(), record.offset());
    }

    Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    String reason() {
        return text(DeadLetterHeaders.REASON).orElse(UNKNOWN);
    }

    String message() {
        return text(DeadLetterHeaders.MESSAGE).orElse("");
    }

    /** Which parts of the event are not in the letter. */
    Optional<String> leftOut() {
        return text(DeadLetterHeaders.LEFT_OUT);
    }

    /** Empty where other programs wrote the letter, or no event can have been there. */
    Optional<Origin> origin() {
        try {
            var origin = new Origin(
                    text(DeadLetterHeaders.TOPIC).orElseThrow(),
                    Integer.parseInt(text(DeadLetterHeaders.PARTITION).orElseThrow()),
                    Long.parseLong(text(DeadLetterHeaders.OFFSET).orElseThrow()));
            return Optional.of(origin).filter(Origin::isPossible);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The event, where what was received is one, in whatever format. */
    Optional<ImageEvent> event() {
        try {
            return Optional.of(events.read(DeadLetterHeaders.received(record)));
        } catch (KafkaException e) {
            // It is none, or its schema cannot be looked up now, or by this user: what the record itself says is enough
            // then.
            return Optional.empty();
        }
    }

    /** The event's id, else the record's key, else nothing. */
    String name() {
        return event().map(ImageEvent::getId)
                .filter(id -> !id.isEmpty())
                .or(() -> Optional.ofNullable(record.key()).map(key -> new String(key, UTF_8)))
                .orElse("");
    }

    private Optional<String> text(String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    /** Where a letter stands on the dead-letter topic; {@code 2@17} in text. */
    record Place(int partition, long offset) {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,9})@(\\d{1,18})");

        static Place parse(String text) {
            Matcher place = TEXT.matcher(text);
            if (!place.matches()) {
                throw new IllegalArgumentException(
                        "A letter is named PARTITION@OFFSET, for instance 2@17 as 'rejects list' prints it, not '"
                                + text + "'");
            }
            return new Place(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2)));
        }

        @Override
        public String toString() {
            return partition + "@" + offset;
        }
    }

    /** Where a letter's event stood when it was rejected. */
    record Origin(String topic, int partition, long offset) {
        private static final int MAX_TOPIC_CHARS = 249;

        /** Headers are whatever somebody wrote. */
        boolean isPossible() {
            return !topic.isEmpty() && topic.length() <= MAX_TOPIC_CHARS && partition >= 0 && offset >= 0;
        }

        @Override
        public String toString() {
            return topic + "-" + partition + "@" + offset;
        }
    }
}
