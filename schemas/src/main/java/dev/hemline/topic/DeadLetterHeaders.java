package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What stands in the headers of a record of topic {@code image-events-dlq}, beside those that its event came with; every
 * value is UTF-8 text. Kafka's names are those that Kafka Streams gives its own dead letters, so that tools which read
 * those read ours.
 */
public final class DeadLetterHeaders {
    /** Why the event was rejected, as a short code: {@code undecodable-image}. */
    public static final String REASON = "hemline.reason";

    /**
     * The event's id, 1 to 1,024 characters. Absent where it has none of that kind, or nobody could read it; {@link EventIdentity}
     * knows what it is called then.
     */
    public static final String EVENT_ID = "hemline.event-id";

    /**
     * Which parts of the event did not fit on the topic, or unpack to too much, and are left out, {@code value} or
     * {@code value,key,headers}; the event itself stands where {@link #TOPIC}, {@link #PARTITION} and {@link #OFFSET} say.
     * Absent from letters that are whole.
     */
    public static final String LEFT_OUT = "hemline.left-out";

    /** On a replayed event: the letter it was, as {@code image-events-dlq-2@17}. */
    public static final String REPLAYED_FROM = "hemline.replayed-from";

    /**
     * On a replayed event: where and when it was received first, as {@code image-events-2@17 2026-03-01T12:00:00.250Z}. What came
     * without id or time of its own keeps those that it was given then.
     */
    public static final String FIRST_RECEIVED = "hemline.first-received";

    /** The Java class of what was thrown. */
    public static final String EXCEPTION = "__streams.errors.exception";

    /** A sentence that tells the sender what to change. */
    public static final String MESSAGE = "__streams.errors.message";

    /** The topic that the event came from. */
    public static final String TOPIC = "__streams.errors.topic";

    /** The event's partition there. */
    public static final String PARTITION = "__streams.errors.partition";

    /** The event's offset there. */
    public static final String OFFSET = "__streams.errors.offset";

    private DeadLetterHeaders() {}

    /** Whether a header is of whoever wrote the letter: one of that name which the event came with is not kept. */
    public static boolean isOurs(String name) {
        return name.equals(REASON)
                || name.equals(EVENT_ID)
                || name.equals(LEFT_OUT)
                || name.startsWith("__streams.errors.");
    }

    /**
     * The record that a letter was made of, as it was received: with the place that it had, and without headers of ours. Of
     * what was left out, nothing is there; nor of its place, where others wrote the letter.
     */
    public static ConsumerRecord<byte[], byte[]> received(ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!isOurs(header.key())) {
                headers.add(header);
            }
        }
        return new ConsumerRecord<>(
                text(letter, TOPIC).orElse(letter.topic()),
                (int) number(letter, PARTITION, letter.partition()),
                number(letter, OFFSET, letter.offset()),
                letter.timestamp(),
                letter.timestampType(),
                letter.serializedKeySize(),
                letter.serializedValueSize(),
                letter.key(),
                letter.value(),
                headers,
                Optional.empty());
    }

    /** What a header says, if it is there. */
    public static Optional<String> text(ConsumerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }

    private static long number(ConsumerRecord<byte[], byte[]> letter, String name, long otherwise) {
        return text(letter, name)
                .filter(digits -> digits.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(otherwise);
    }
}
