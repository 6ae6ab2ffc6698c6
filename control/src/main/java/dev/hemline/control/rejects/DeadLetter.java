package dev.hemline.control.rejects;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.ImageEventReader;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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
        return EventIdentity.rejected(record, events);
    }

    String name() {
        return EventIdentity.ofDeadLetter(record, events);
    }

    private Optional<String> text(String name) {
        return DeadLetterHeaders.text(record, name);
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
