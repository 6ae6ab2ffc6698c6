package dev.hemline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.Classification;
import dev.hemline.event.Score;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Results, scores and labels as they come in JSON, and labels' keys. */
class ResultFuzzTest {
    private static final EventFormats AVRO = EventFormats.DEFAULT;
    private static final EventFormats JSON = AVRO.writingJson();
    private static final int RESULT = 0;
    private static final int SCORE = 1;
    private static final int LABEL = 2;
    private static final int KINDS = 3;

    /** Written and read again, a probability of two bytes is some objects. */
    private static final Promise PROMISE = Promise.of(
            ResultFuzzTest::readAndWrite,
            new Memory(4 << 20, 512),
            List.of(UndecodableEventException.class, UnknownSchemaException.class));

    /** A byte that says what it is and how long the record's key is, the key, and the value. */
    private static byte[] input(int kind, String key, byte[] value) {
        return ByteBuffer.allocate(1 + key.length() + value.length)
                .put((byte) (kind + KINDS * key.length()))
                .put(key.getBytes(ISO_8859_1))
                .put(value)
                .array();
    }

    private static Object readAndWrite(byte[] input) {
        int first = input.length == 0 ? 0 : input[0] & 0xFF;
        int valueAt = Math.min(input.length, 1 + first / KINDS);
        var record = new ConsumerRecord<>(
                "any",
                0,
                1,
                Arrays.copyOfRange(input, Math.min(1, input.length), valueAt),
                Arrays.copyOfRange(input, valueAt, input.length));
        return switch (first % KINDS) {
            case RESULT -> readAndWrite(record, AVRO.results(), JSON.results());
            case SCORE -> readAndWrite(record, AVRO.scores(), JSON.scores());
            default -> readAndWrite(record, AVRO.labels(), AVRO.labels());
        };
    }

    /** Whatever was read, each format can say. */
    private static <T extends SpecificRecord> T readAndWrite(
            ConsumerRecord<byte[], byte[]> record, EventSerde<T> avro, EventSerde<T> other) {
        T event = avro.read(record);
        assertThat(Promise.again(avro::decode, avro.encode(event))).isEqualTo(event);
        assertThat(Promise.again(avro::decode, other.encode(event))).isEqualTo(event);
        return event;
    }

    static Stream<byte[]> seeds() {
        Instant at = Instant.parse("2026-03-01T12:00:00.250Z");
        var result = new Classification(
                "a-1",
                "St\u00fcck",
                1,
                "Bag",
                0.7f,
                List.of(0.3f, 0.7f, 1e-30f),
                "small",
                1,
                "0123456789ab",
                at,
                at,
                false);
        var score = new Score("a-1", "small", 1, 2, 3, 0.7f, 500L, 4, "shop", "it");
        return Stream.of(
                input(RESULT, "", JSON.results().encode(result)),
                input(RESULT, "a-1", "{\"id\":null,\"probabilities\":[1,-0.5e3,[]]}".getBytes(UTF_8)),
                input(SCORE, "", JSON.scores().encode(score)),
                input(
                        SCORE,
                        "",
                        ("{\"id\":\"a-1\",\"modelName\":\"small\",\"modelVersion\":1,\"predicted\":2,\"actual\":3,"
                                        + "\"confidence\":7e99,\"latenessMillis\":-1}")
                                .getBytes(UTF_8)),
                input(LABEL, "a-1", "{\"label\":9}".getBytes(UTF_8)),
                input(
                        LABEL,
                        "",
                        "{\"label\":9,\"id\":\"\\u00fc\",\"labelledAt\":1772366400250,\"by\":\"me\",\"more\":{\"of\":[1,{}]}}"
                                .getBytes(UTF_8)));
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
