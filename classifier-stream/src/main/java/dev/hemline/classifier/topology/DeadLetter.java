package dev.hemline.classifier.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.topic.DeadLetterHeaders;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * A rejected event on its way out, as it was received, with {@link DeadLetterHeaders} that say why and where from; whole, or
 * as much of it as its topic has room for.
 *
 * @param ours those of the headers that are not the sender's
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers, Headers ours) {
    /** Of a batch with one record and of the record itself, lengths and checksums at their longest. */
    private static final int FRAME_BYTES = 100;
    /** Of a header, its two lengths at their longest. */
    private static final int HEADER_FRAME_BYTES = 10;

    private static final int MAX_MESSAGE_CHARS = 1000;

    private static final String VALUE = "value";
    private static final String ALL = "value,key,headers";

    /** There is no stack trace: the message is written for the sender, and a trace could push the letter over the limit. */
    static DeadLetter of(ConsumerRecord<byte[], byte[]> event, Optional<String> id, Rejected why) {
        String message = why.message()
                .substring(0, Math.min(MAX_MESSAGE_CHARS, why.message().length()));
        Headers ours = new RecordHeaders();
        add(ours, DeadLetterHeaders.REASON, why.reason().code());
        add(ours, DeadLetterHeaders.EXCEPTION, why.exception().getName());
        add(ours, DeadLetterHeaders.MESSAGE, message);
        add(ours, DeadLetterHeaders.TOPIC, event.topic());
        add(ours, DeadLetterHeaders.PARTITION, Integer.toString(event.partition()));
        add(ours, DeadLetterHeaders.OFFSET, Long.toString(event.offset()));
        id.ifPresent(known -> add(ours, DeadLetterHeaders.EVENT_ID, known));
        Headers headers = new RecordHeaders();
        for (Header header : event.headers()) {
            if (!DeadLetterHeaders.isOurs(header.key())) {
                headers.add(header);
            }
        }
        ours.forEach(headers::add);
        boolean whole = why.event() != null || event.value() == null;
        return new DeadLetter(event.key(), why.event(), whole ? headers : leftOut(headers, VALUE), ours);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /**
     * The letter itself if it fits; else without its value, and if that is still too large, without everything that is
     * not from us. A header says so, and others say where the event stands.
     */
    DeadLetter fitting(OutputLimits limits) {
        if (limits.letterFits(size())) {
            return this;
        }
        DeadLetter withoutValue = new DeadLetter(key, null, leftOut(headers, VALUE), ours);
        return limits.letterFits(withoutValue.size())
                ? withoutValue
                : new DeadLetter(null, null, leftOut(ours, ALL), ours);
    }

    /** Bytes on the broker, a little more rather than less; compression could only make them fewer. */
    long size() {
        return size(key, value, headers);
    }

    static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return FRAME_BYTES + length(key) + length(value) + size(headers);
    }

    /** Bytes on the broker; also of empty headers, of which a compressed event may hold very many. */
    static long size(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += HEADER_FRAME_BYTES + Utils.utf8Length(header.key()) + length(header.value());
        }
        return size;
    }

    /** Whether nothing is left that could be left out. */
    static boolean isSmallest(Headers headers) {
        Header leftOut = headers.lastHeader(DeadLetterHeaders.LEFT_OUT);
        return leftOut != null && ALL.equals(new String(leftOut.value(), UTF_8));
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static Headers leftOut(Headers headers, String parts) {
        return new RecordHeaders(headers.toArray()).add(DeadLetterHeaders.LEFT_OUT, parts.getBytes(UTF_8));
    }
}
