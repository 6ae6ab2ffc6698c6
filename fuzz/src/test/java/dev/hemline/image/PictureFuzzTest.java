package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.topic.FileSignature;
import java.awt.image.DataBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Picture files as an enemy would send them. */
class PictureFuzzTest {
    private static final int MAX_PIXELS = 20_000;
    /** What {@link ContentStream} grants a reader, and a little more until it notices. */
    private static final Memory MEMORY = new Memory(56 << 20, 64);

    private static final ModelInput INPUT = new ModelInput(1, 4, 4, List.of(0f), List.of(1f), false);
    private static final int INPUT_BYTES = 16;
    private static final int RAW_HEADER_BYTES = 3;

    private static final ImageDecoder DECODER = new ImageDecoder(new ImageLimits(1 << 20, MAX_PIXELS));
    private static final Promise FILES =
            Promise.of(PictureFuzzTest::decodeFile, MEMORY, List.of(UnfitImageException.class));
    private static final Promise RAW =
            Promise.of(PictureFuzzTest::decodeRaw, MEMORY, List.of(UnfitImageException.class));

    static Stream<byte[]> files() {
        var colours = TestPictures.colourful(40, 30);
        var greys = TestPictures.samples(
                DataBuffer.TYPE_BYTE, 2, 8, 8, new Random(1).ints(128, 0, 256).toArray());
        var deep = TestPictures.samples(
                DataBuffer.TYPE_USHORT,
                4,
                8,
                8,
                new Random(4).ints(256, 0, 1 << 16).toArray());
        var palette = TestPictures.palette(
                16,
                16,
                new int[] {0xFFFF0000, 0x00000000, 0xFF0000FF},
                new Random(2).ints(256, 0, 3).toArray());
        byte[] inks = TestPictures.inks(16, 16, new Random(3).ints(1024, 0, 256).toArray());
        return Stream.of(
                TestPictures.file("PNG", colours),
                TestPictures.inPasses("PNG", greys),
                TestPictures.file("PNG", deep),
                TestPictures.file("PNG", palette),
                TestPictures.withSegment(TestPictures.file("JPEG", colours), 0xE1, TestPictures.exif(6)),
                TestPictures.inPasses("JPEG", colours),
                TestPictures.withSegment(inks, 0xEE, TestPictures.adobe(2)),
                TestPictures.animatedGif(colours, colours),
                TestPictures.file("GIF", palette),
                TestPictures.file("BMP", colours),
                TestPictures.file("BMP", palette),
                TestPictures.resource("lossless.webp"),
                TestPictures.resource("lossless-alpha.webp"),
                TestPictures.resource("lossy.webp"),
                TestPictures.resource("lossy-alpha.webp"),
                TestPictures.resource("animated.webp"),
                TestPictures.resource("turned.webp"));
    }

    /** Bare samples, and in front of them their kind, width and height. */
    static Stream<byte[]> raw() {
        return Stream.of(new byte[] {0, 2, 2, 1, 2, 3, 4}, new byte[] {1, 1, 2, 1, 2, 3, 4, 5, 6});
    }

    @MethodSource("files")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] file) {
        FILES.holdsFor(file);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("files")
    void shouldDecodeOrRefuseWhateverHappenedToAFile(byte[] file) {
        Mutations.of(Stream.of(file)).forEach(1_000, FILES::holdsFor);
    }

    @Test
    void shouldTakeOrRefuseBareSamplesOfAnySize() {
        Mutations.of(raw()).forEach(5_000, RAW::holdsFor);
    }

    /** As it is, and with the checksums that its sender would have put right. */
    private static Object decodeFile(byte[] file) throws UnfitImageException {
        byte[] mended = file.clone();
        if (FileSignature.of(file).filter(FileSignature.PNG::equals).isPresent()) {
            TestPictures.mendChecksums(mended);
        }
        return decode(target -> DECODER.decode(mended, INPUT, target));
    }

    private static Object decodeRaw(byte[] sizeAndSamples) throws UnfitImageException {
        byte[] bytes = Arrays.copyOf(sizeAndSamples, Math.max(RAW_HEADER_BYTES, sizeAndSamples.length));
        ImageEvent event = ImageEvents.of(
                "a",
                bytes[0] % 2 == 0 ? ImageFormat.GRAY8 : ImageFormat.RGB8,
                bytes[1],
                bytes[2],
                Arrays.copyOfRange(bytes, RAW_HEADER_BYTES, bytes.length));
        return decode(target -> DECODER.decode(event, INPUT, target));
    }

    private interface Decoding {
        void to(ByteBuffer target) throws UnfitImageException;
    }

    /** The whole picture or nothing, and never a byte more. */
    private static ByteBuffer decode(Decoding decoding) throws UnfitImageException {
        ByteBuffer target = ByteBuffer.allocate(INPUT_BYTES);
        try {
            decoding.to(target);
            assertThat(target.position()).isEqualTo(INPUT_BYTES);
        } catch (UnfitImageException e) {
            assertThat(target.position()).isZero();
            throw e;
        }
        return target;
    }
}
