package dev.hemline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of {@code image-events} in every format, with keys and headers of whatever bytes. */
class FormatFuzzTest {
    private static final EventSerde<ImageEvent> AVRO = EventSerde.of(ImageEvent.class);
    private static final ImageEventReader READER = new ImageEventReader();
    private static final long RECEIVED = 1_700_000_000_000L;

    /** What the upper three bits of an input's first byte choose among; 0 is the record's key. */
    private static final List<String> HEADERS = List.of(
            "", "ce_id", "ce_source", "ce_time", "content-type", "hemline.source", "hemline.first-received", "other");

    private static final int LONGEST_TEXT = 31;

    private static final Promise PROMISE = Promise.of(
            FormatFuzzTest::readAndWrite,
            new Memory(4 << 20, 256),
            List.of(UndecodableEventException.class, UnknownSchemaException.class));

    /** A byte that says how long the text of which header is, the text, and the record's value. */
    private static byte[] input(String header, String text, byte[] value) {
        return ByteBuffer.allocate(1 + text.length() + value.length)
                .put((byte) (HEADERS.indexOf(header) << 5 | text.length()))
                .put(text.getBytes(ISO_8859_1))
                .put(value)
                .array();
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] input) {
        int first = input.length == 0 ? 0 : input[0];
        int valueAt = Math.min(input.length, 1 + (first & LONGEST_TEXT));
        byte[] text = Arrays.copyOfRange(input, Math.min(1, input.length), valueAt);
        byte[] value = Arrays.copyOfRange(input, valueAt, input.length);
        String header = HEADERS.get((first & 0xFF) >> 5);
        var headers = new RecordHeaders();
        if (!header.isEmpty()) {
            headers.add(header, text);
        }
        return new ConsumerRecord<>(
                "image-events",
                0,
                1,
                RECEIVED,
                TimestampType.LOG_APPEND_TIME,
                text.length,
                value.length,
                header.isEmpty() ? text : null,
                value,
                headers,
                Optional.empty());
    }

    /** Whatever was read, Avro can say, so that its result can too. */
    private static ImageEvent readAndWrite(byte[] input) {
        ImageEvent event = READER.read(record(input));
        assertThat(Promise.again(AVRO::decode, AVRO.encode(event))).isEqualTo(event);
        return event;
    }

    static Stream<byte[]> seeds() {
        byte[] json = """
                {"id": "a-1", "source": "St\\u00fcck", "capturedAt": "2026-03-01T12:00:00.250+01:00", "format": "gray8",
                 "width": 2, "height": 1, "content": "B/8=", "label": 3, "more": {"of": [1, 2.5e3, true, null]}}
                """.getBytes(UTF_8);
        byte[] event = AVRO.encode(new ImageEvent(
                "a-1",
                "fuzz",
                Instant.ofEpochMilli(RECEIVED),
                ImageFormat.GRAY8,
                2,
                1,
                ByteBuffer.wrap(new byte[] {7, -1}),
                3,
                "https://a.example/b",
                "00ff"));
        return Stream.of(
                input("", "key", json),
                input("ce_time", "2026-03-01T12:00:00.250+01:00", json),
                input("content-type", "application/cloudevents+json", json),
                input("", "", "{\"capturedAt\":1700000000000,\"content\":\"R0lGODlhAQABAA\"}".getBytes(UTF_8)),
                input("ce_id", "b", event),
                input("hemline.source", "shelf-4", "GIF89a\1\0\1\0".getBytes(ISO_8859_1)),
                input(
                        "hemline.first-received",
                        "e-0@4 2026-03-01T12:00:00Z",
                        "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1)),
                input("", "", "\0\0\0\30ftypheic".getBytes(ISO_8859_1)),
                input("", "", "\0\0\1\0\7\1".getBytes(ISO_8859_1)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadOrRefuse(byte[] input) {
        PROMISE.holdsFor(input);
    }

    @Test
    void shouldReadOrRefuseWhateverHappenedToARecord() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}
