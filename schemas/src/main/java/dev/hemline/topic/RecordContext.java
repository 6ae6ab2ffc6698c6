package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a record of topic {@code image-events} says of its event beside the value: by its place and time, its key, its headers.
 *
 * @param record whose value does not matter
 */
record RecordContext(ConsumerRecord<byte[], byte[]> record) {
    /** Of an event that names none, in no way. */
    static final String NO_SOURCE = "unknown";

    /** Of an event in JSON that has none. */
    static final ByteBuffer NO_CONTENT = ByteBuffer.allocate(0);

    private static final String ID = "ce_id";
    private static final String SOURCE = "hemline.source";
    private static final String CONTENT_SHA256 = "hemline.content-sha256";
    private static final String REFERENCE = "ce_dataref";
    private static final String CONTENT_TYPE = "content-type";
    private static final String STRUCTURED = "application/cloudevents";
    private static final Pattern FIRST_RECEIVED = Pattern.compile("(\\S{1,300}@\\d{1,18}) (\\S{20,40})");

    /** What a picture may leave unsaid; its format is told by its first bytes, and it may be elsewhere as a whole. */
    Map<String, Object> ofImage() {
        return Map.of(
                "id",
                id(),
                "source",
                source(),
                "capturedAt",
                time(),
                "format",
                ImageFormat.UNKNOWN,
                "width",
                0,
                "height",
                0,
                "content",
                NO_CONTENT);
    }

    /** What a label may leave unsaid. An id that is no text is none: nobody could have meant a picture by a label's place. */
    Map<String, Object> ofLabel() {
        Map<String, Object> unsaid = new HashMap<>(Map.of("labelledAt", time(), "by", source()));
        text(record.key()).filter(key -> !key.isEmpty()).ifPresent(key -> unsaid.put("id", key));
        return unsaid;
    }

    /** An id for an event that has none: the record's key if that is text, else the place where it was received first. */
    String id() {
        return text(record.key())
                .filter(key -> !key.isEmpty())
                .or(() -> firstReceived().map(first -> first.group(1)))
                .orElseGet(() -> record.topic() + "-" + record.partition() + "@" + record.offset());
    }

    /** What an event is called whose own id cannot be read, or is none. */
    String name() {
        return header(record.headers(), ID)
                .flatMap(RecordContext::text)
                .filter(EventChecks::isId)
                .orElseGet(this::id);
    }

    String source() {
        return header(record.headers(), SOURCE)
                .flatMap(RecordContext::text)
                .filter(source -> !source.isEmpty())
                .orElse(NO_SOURCE);
    }

    /** The record's own, or that of the one that it is a replay of. */
    Instant time() {
        return firstReceived()
                .flatMap(first -> parseTime(first.group(2)))
                .orElseGet(() -> Instant.ofEpochMilli(record.timestamp()));
    }

    /** Only what a replay wrote counts. */
    private Optional<Matcher> firstReceived() {
        return header(record.headers(), DeadLetterHeaders.FIRST_RECEIVED)
                .flatMap(RecordContext::text)
                .map(FIRST_RECEIVED::matcher)
                .filter(Matcher::matches);
    }

    /** Whether its value is a CloudEvent as a whole, attributes and all. */
    boolean isStructured() {
        return header(record.headers(), CONTENT_TYPE)
                .flatMap(RecordContext::text)
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(STRUCTURED))
                .isPresent();
    }

    /** Whether the picture is elsewhere: the value is left out, and an attribute says where it is. */
    boolean isReference() {
        byte @Nullable [] value = record.value();
        return (value == null || value.length == 0) && saysWhere();
    }

    /** Whether an attribute says where the picture is. */
    boolean saysWhere() {
        return record.headers().lastHeader(REFERENCE) != null;
    }

    /**
     * The event with the attributes of a CloudEvent in place of what it says itself.
     *
     * @throws UndecodableEventException if one of them cannot be
     */
    static ImageEvent withAttributes(Headers headers, ImageEvent event) {
        Optional<String> id = attribute(headers, ID);
        Optional<String> source = attribute(headers, "ce_source");
        Optional<String> time = attribute(headers, "ce_time");
        Optional<String> reference = attribute(headers, REFERENCE);
        Optional<String> sha256 = attribute(headers, CONTENT_SHA256);
        if (Stream.of(id, source, time, reference, sha256).allMatch(Optional::isEmpty)) {
            return event;
        }
        return new ImageEvent(
                id.orElseGet(event::getId),
                source.orElseGet(event::getSource),
                time.map(RecordContext::attributeTime).orElseGet(event::getCapturedAt),
                event.getFormat(),
                event.getWidth(),
                event.getHeight(),
                event.getContent(),
                event.getLabel(),
                reference.orElseGet(event::getContentUrl),
                sha256.orElseGet(event::getContentSha256));
    }

    private static Instant attributeTime(String text) {
        return parseTime(text)
                .orElseThrow(() -> refused("its header ce_time is no time; send one like 2026-03-01T12:00:00Z"));
    }

    private static Optional<String> attribute(Headers headers, String name) {
        return header(headers, name)
                .map(value ->
                        text(value).orElseThrow(() -> refused("its header " + name + " is no text; send it in UTF-8")));
    }

    private static UndecodableEventException refused(String why) {
        return new UndecodableEventException("Not a readable ImageEvent: " + why);
    }

    private static Optional<byte[]> header(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value);
    }

    /** Empty for bytes that are no UTF-8: two of them could be the same text. */
    private static Optional<String> text(byte @Nullable [] bytes) {
        try {
            return bytes == null
                    ? Optional.empty()
                    : Optional.of(
                            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A time of RFC 3339, to the millisecond. */
    static Optional<Instant> parseTime(String text) {
        try {
            return Optional.of(
                    Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
