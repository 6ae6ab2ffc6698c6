package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class EventSerdeTest {
    private static final EventSerde<ImageEvent> SERDE = EventSerde.of(ImageEvent.class);
    private static final EventSerde<GroundTruth> TRUTHS = EventSerde.of(GroundTruth.class);
    private static final GroundTruth TRUTH = new GroundTruth("event-1", 3, Instant.ofEpochMilli(5), "somebody");
    private static final ImageEvent EVENT = ImageEvent.newBuilder()
            .setId("a-1")
            .setSource("test")
            .setCapturedAt(Instant.ofEpochMilli(1_700_000_000_000L))
            .setFormat(ImageFormat.GRAY8)
            .setWidth(2)
            .setHeight(1)
            .setContent(ByteBuffer.wrap(new byte[] {7, -1}))
            .setLabel(3)
            .build();

    @Test
    void shouldReadBackWhatItWrote() {
        assertThat(SERDE.decode(SERDE.encode(EVENT))).isEqualTo(EVENT);
    }

    @Test
    void shouldWriteWhatAvrosOwnSingleObjectDecoderReads() throws Exception {
        var avro = new BinaryMessageDecoder<ImageEvent>(new SpecificData(), ImageEvent.getClassSchema());

        assertThat(avro.decode(SERDE.encode(EVENT)).getId()).isEqualTo("a-1");
    }

    @Test
    void shouldPassTombstonesThrough() {
        assertThat(SERDE.serializer().serialize("t", null)).isNull();
        assertThat(SERDE.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void shouldShowBothHeadersAsTheyAreOnTheWireWhenTheFingerprintIsAnotherOnes() {
        byte[] other = TRUTHS.encode(TRUTH);

        assertThatThrownBy(() -> SERDE.decode(other))
                .isInstanceOf(UndecodableEventException.class)
                .hasMessageContaining("unknown schema fingerprint, it starts with " + hex(other))
                .hasMessageContaining("expected " + hex(SERDE.encode(EVENT)) + " (dev.hemline.event.ImageEvent)");
    }

    private static String hex(byte[] event) {
        return HexFormat.ofDelimiter(" ").formatHex(event, 0, 10);
    }

    @Test
    void shouldTellWhatEveryEventBeginsWith() {
        assertThat(SERDE.encode(EVENT)).startsWith(SERDE.header());
        assertThat(SERDE.header()).hasSize(10).startsWith(0xC3, 0x01);

        SERDE.header()[0] = 0;

        assertThat(SERDE.encode(EVENT)).startsWith(0xC3);
    }

    @Test
    void shouldSayWhatABadHeaderLooksLike() {
        assertThatThrownBy(() -> SERDE.decode("{\"id\": \"a-1\"}".getBytes(UTF_8)))
                .hasMessageContaining("starts with 7b 22");
        assertThatThrownBy(() -> SERDE.decode(new byte[] {(byte) 0xC3, 1, 0}))
                .hasMessageContaining("3 bytes are too few");
        assertThatThrownBy(() -> SERDE.decode(new byte[20])).hasMessageContaining("schema registry's framing");
        assertThatThrownBy(() -> SERDE.decode(null)).hasMessageContaining("null value");
    }

    @Test
    void shouldRefuseEveryTruncation() {
        byte[] whole = SERDE.encode(EVENT);

        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> SERDE.decode(cut)).isInstanceOf(UndecodableEventException.class);
        }
    }

    @Test
    void shouldRefuseBytesBehindTheEvent() {
        byte[] whole = SERDE.encode(EVENT);

        assertThatThrownBy(() -> SERDE.decode(Arrays.copyOf(whole, whole.length + 1)))
                .hasMessageContaining("left over");
    }

    @Test
    void shouldNeitherCrashNorReserveWildAmountsOfMemoryOnGarbledBodies() {
        byte[] whole = SERDE.encode(EVENT);
        var random = new Random(1);

        for (int i = 0; i < 20_000; i++) {
            byte[] garbled = whole.clone();
            for (int n = 0; n < 6; n++) {
                garbled[10 + random.nextInt(whole.length - 10)] = (byte) random.nextInt(256);
            }
            try {
                SERDE.decode(garbled);
            } catch (UndecodableEventException expected) {
                assertThat(expected).hasMessageContaining("ImageEvent");
            }
        }
    }

    @Test
    void shouldRefuseAStringThatClaimsToBeLongerThanTheEvent() {
        byte[] lying = SERDE.encode(EVENT);
        // a two-gigabyte length where the id's length stands
        byte[] longVarint = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        System.arraycopy(longVarint, 0, lying, 10, longVarint.length);

        assertThatThrownBy(() -> SERDE.decode(lying)).isInstanceOf(UndecodableEventException.class);
    }

    @Test
    void shouldFindRoomForASchemaHoweverManyStrangersCameBefore() {
        // Given
        List<Long> asked = new ArrayList<>();
        var later = WritersSchema.parse(
                LaterRelease.schema(GroundTruth.getClassSchema()).toString());
        EventSerde<GroundTruth> serde = TRUTHS.reading(fingerprint -> {
            asked.add(fingerprint);
            return Optional.of(later);
        });
        byte[] event = LaterRelease.encode(TRUTH);
        byte[] strangers = event.clone();
        strangers[3]++;
        for (int i = 0; i < 150; i++) {
            strangers[2]++;
            serde.decode(strangers);
        }
        asked.clear();

        // When
        for (int i = 0; i < 3; i++) {
            serde.decode(event);
            serde.decode(TRUTHS.encode(TRUTH));
        }

        // Then
        assertThat(asked).hasSize(1);
    }
}
