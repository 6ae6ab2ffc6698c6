package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind, several hundred times: none may by chance come out as an event that a classifier could take. */
class MalformationTest {

    private static final int TIMES = 300;
    private static final EventSerde<ImageEvent> SERDE = EventSerde.of(ImageEvent.class);

    private final byte[] pixels = Fixture.IMAGES.image(0);
    private final ImageEvent event = ImageEvent.newBuilder()
            .setId("an-id")
            .setSource("test")
            .setCapturedAt(Instant.EPOCH)
            .setFormat(ImageFormat.GRAY8)
            .setWidth(28)
            .setHeight(28)
            .setContent(ByteBuffer.wrap(pixels))
            .build();

    @ParameterizedTest
    @EnumSource(names = {"RANDOM_BYTES", "TRUNCATED_AVRO", "UNKNOWN_FINGERPRINT", "NULL_VALUE"})
    void shouldNotBeReadableAsAnEvent(Malformation malformation) {
        Random random = new Random(1);
        for (int time = 0; time < TIMES; time++) {
            byte[] value = malformation.spoil(event, pixels, random);

            assertThatThrownBy(() -> SERDE.decode(value)).isInstanceOf(UndecodableEventException.class);
        }
    }

    @Test
    void shouldHoldTheWrongNumberOfRawPixels() {
        assertThat(spoilt(Malformation.WRONG_SIZE)).allSatisfy(bad -> {
            assertThat(bad.getFormat()).isEqualTo(ImageFormat.GRAY8);
            assertThat(bad.getContent().remaining()).isNotEqualTo(bad.getWidth() * bad.getHeight());
        });
    }

    @Test
    void shouldHoldAPngThatCannotBeRead() {
        assertThat(spoilt(Malformation.CORRUPT_PNG)).allSatisfy(bad -> {
            assertThat(bad.getFormat()).isEqualTo(ImageFormat.PNG);
            byte[] png = new byte[bad.getContent().remaining()];
            bad.getContent().get(png);
            assertThatThrownBy(() -> ImageIO.read(new ByteArrayInputStream(png)))
                    .isInstanceOf(javax.imageio.IIOException.class);
        });
    }

    @Test
    void shouldHoldNoPicture() {
        assertThat(spoilt(Malformation.EMPTY_CONTENT))
                .allSatisfy(bad -> assertThat(bad.getContent().remaining()).isZero());
    }

    @Test
    void shouldDeclareASizeThatNoContentFits() {
        assertThat(spoilt(Malformation.ABSURD_DIMENSIONS))
                .allSatisfy(bad -> assertThat(bad.getWidth() > 0
                                && bad.getHeight() > 0
                                && (long) bad.getWidth() * bad.getHeight()
                                        == bad.getContent().remaining())
                        .isFalse());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeBadInTheSameWayWithTheSameSeed(Malformation malformation) {
        assertThat(malformation.spoil(event, pixels, new Random(7)))
                .isEqualTo(malformation.spoil(event, pixels, new Random(7)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheOriginalAlone(Malformation malformation) {
        malformation.spoil(event, pixels, new Random(1));

        assertThat(pixels).isEqualTo(Fixture.IMAGES.image(0));
        assertThat(event.getContent().remaining()).isEqualTo(784);
    }

    private Stream<ImageEvent> spoilt(Malformation malformation) {
        Random random = new Random(1);
        return Stream.generate(() -> SERDE.decode(malformation.spoil(event, pixels, random)))
                .limit(TIMES);
    }
}
