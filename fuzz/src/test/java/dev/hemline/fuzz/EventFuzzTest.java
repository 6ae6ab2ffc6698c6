package dev.hemline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.Answer;
import dev.hemline.event.Classification;
import dev.hemline.event.Evidence;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.Score;
import dev.hemline.event.TrainingRequest;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Events of every type as they come from topics that others may write to. */
class EventFuzzTest {
    private static final int FINGERPRINT_END = 10;
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(
                    ImageEvent.class,
                    ImageEvent.newBuilder()
                            .setId("a-1")
                            .setSource("fuzz")
                            .setCapturedAt(AT)
                            .setFormat(ImageFormat.GRAY8)
                            .setWidth(2)
                            .setHeight(1)
                            .setContent(ByteBuffer.wrap(new byte[] {7, -1}))
                            .setLabel(3)
                            .build()),
            new Kind<>(
                    Classification.class,
                    new Classification(
                            "a-1",
                            "fuzz",
                            1,
                            "Bag",
                            0.7f,
                            List.of(0.3f, 0.7f),
                            "small",
                            1,
                            "0123456789ab",
                            AT,
                            AT,
                            false)),
            new Kind<>(ModelManifest.class, SmallModel.manifest(new byte[] {1, 2, 3})),
            new Kind<>(ModelChunk.class, new ModelChunk("small", 1, 0, ByteBuffer.wrap(new byte[] {1, 2, 3}))),
            new Kind<>(ModelAlias.class, new ModelAlias("small", "serving", 1, AT, "me", "it is good")),
            new Kind<>(
                    ModelStatus.class,
                    new ModelStatus("app", "host-1", "small", 1, ModelState.REFUSED, "labels", "too many", AT, AT)),
            new Kind<>(
                    TrainingRequest.class,
                    new TrainingRequest("r-1", AT, "me", "small", "tiny", 3, 7L, false, "more images", true)),
            new Kind<>(GroundTruth.class, new GroundTruth("a-1", 3, AT, "me")),
            new Kind<>(Score.class, new Score("a-1", "small", 1, 2, 3, 0.7f, 500L, 4, "shop", "it")),
            new Kind<>(
                    Evidence.class,
                    new Evidence(List.of(new Answer("small", 1, 2, 10, 0.7f, AT, "shop", true)), 3, AT, "it")));

    /** Some hundred bytes of an array's items are one byte on the wire: an empty one in an array of arrays. */
    private static final Promise PROMISE = Promise.of(
            EventFuzzTest::decode,
            new Memory(4 << 20, 256),
            List.of(UndecodableEventException.class, UnknownSchemaException.class));

    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    private record Kind<T extends SpecificRecord>(EventSerde<T> serde, byte[] example) {
        Kind(Class<T> type, T example) {
            this(EventSerde.of(type), EventSerde.of(type).encode(example));
        }

        boolean isOf(byte[] bytes) {
            return bytes.length >= FINGERPRINT_END
                    && Arrays.equals(bytes, 0, FINGERPRINT_END, example, 0, FINGERPRINT_END);
        }

        /** What was read can be written and read again; compared by length, since a map has no order and NaN no equal. */
        T decode(byte[] bytes) {
            T event = serde.decode(bytes);
            byte[] written = serde.encode(event);
            assertThat((byte[]) Promise.again(bytesRead -> serde.encode(serde.decode(bytesRead)), written))
                    .hasSameSizeAs(written);
            return event;
        }
    }

    private static Object decode(byte[] bytes) {
        Kind<?> kind = KINDS.stream().filter(one -> one.isOf(bytes)).findFirst().orElse(KINDS.get(0));
        return kind.decode(bytes);
    }

    static Stream<byte[]> seeds() {
        return KINDS.stream().map(Kind::example);
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] bytes) {
        PROMISE.holdsFor(bytes);
    }

    @Test
    void shouldDecodeOrRefuseWhateverHappenedToAnEvent() {
        Mutations.of(seeds()).forEach(1_000, PROMISE::holdsFor);
    }
}
