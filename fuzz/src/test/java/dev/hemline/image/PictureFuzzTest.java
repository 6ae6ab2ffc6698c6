package dev.hemline.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import java.awt.image.DataBuffer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as an enemy would send them. Seeded, so that what fails fails again. */
class PictureMutationTest {
    private static final int ROUNDS = 2_000;
    private static final int MAX_PIXELS = 20_000;
    /** What {@link ContentStream} grants a reader, and a little more until it notices. */
    private static final long MAX_ALLOCATED = 56 << 20;

    private static final ModelInput INPUT = new ModelInput(1, 4, 4, List.of(0f), List.of(1f), false);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ImageDecoder decoder = new ImageDecoder(new ImageLimits(1 << 20, MAX_PIXELS));
    private final ByteBuffer target = ByteBuffer.allocate(16);

    static Stream<Arguments> files() {
        var colours = TestPictures.colourful(40, 30);
        var greys = TestPictures.samples(
                DataBuffer.TYPE_BYTE, 2, 8, 8, new Random(1).ints(128, 0, 256).toArray());
        var palette = TestPictures.palette(
                16,
                16,
                new int[] {0xFFFF0000, 0x00000000, 0xFF0000FF},
                new Random(2).ints(256, 0, 3).toArray());
        byte[] photo = TestPictures.withSegment(TestPictures.file("JPEG", colours), 0xE1, TestPictures.exif(6));
        byte[] inks = TestPictures.inks(16, 16, new Random(3).ints(1024, 0, 256).toArray());
        return Stream.of(
                Arguments.of("PNG", TestPictures.file("PNG", colours)),
                Arguments.of("PNG", TestPictures.inPasses("PNG", greys)),
                Arguments.of("PNG", TestPictures.file("PNG", palette)),
                Arguments.of("JPEG", photo),
                Arguments.of("JPEG", TestPictures.inPasses("JPEG", colours)),
                Arguments.of("JPEG", TestPictures.withSegment(inks, 0xEE, TestPictures.adobe(2))),
                Arguments.of("GIF", TestPictures.animatedGif(colours, colours)),
                Arguments.of("GIF", TestPictures.file("GIF", palette)),
                Arguments.of("BMP", TestPictures.file("BMP", colours)),
                Arguments.of("BMP", TestPictures.file("BMP", palette)),
                Arguments.of("WEBP", TestPictures.resource("lossless.webp")),
                Arguments.of("WEBP", TestPictures.resource("lossy.webp")),
                Arguments.of("WEBP", TestPictures.resource("lossy-alpha.webp")),
                Arguments.of("WEBP", TestPictures.resource("animated.webp")),
                Arguments.of("WEBP", TestPictures.resource("turned.webp")));
    }

    @ParameterizedTest(name = "{0} of {index}")
    @MethodSource("files")
    void shouldDecodeOrRefuseWhateverHappenedToAFile(ImageFormat format, byte[] file) {
        Random random = new Random(file.length);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = mutate(random, file);
            if (format == ImageFormat.PNG && random.nextInt(10) > 0) {
                TestPictures.mendChecksums(mutated);
            }
            int number = round;
            long allocated = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> allocatedBy(format, mutated), () -> "round " + number + " hangs");
            assertThat(allocated).as("bytes allocated in round %d", round).isLessThan(MAX_ALLOCATED);
        }
    }

    /** Anything but a picture or a refusal fails the test. */
    private long allocatedBy(ImageFormat format, byte[] content) {
        ImageEvent event = ImageEvents.of("a", format, 0, 0, content);
        target.clear();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.decode(event, INPUT, target);
            assertThat(target.position()).isEqualTo(16);
        } catch (UnfitImageException e) {
            assertThat(target.position()).isZero();
            assertThat(e.getMessage()).isNotEmpty().hasSizeLessThan(1_000);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] mutate(Random random, byte[] file) {
        byte[] mutated = random.nextInt(8) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
        if (mutated.length == 0) {
            return new byte[] {0};
        }
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // Headers are where the damage is done.
            int at = random.nextInt(random.nextBoolean() ? Math.min(64, mutated.length) : mutated.length);
            switch (random.nextInt(4)) {
                case 0 -> mutated[at] = (byte) 0xFF;
                case 1 -> mutated[at] = 0;
                case 2 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                default -> mutated[at] = (byte) random.nextInt();
            }
        }
        return mutated;
    }
}
