package dev.hemline.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hemline.event.ImageFormat;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** That no picture takes more than its header lets expect; each is decoded by a JVM that has no byte more. */
class CostTest {
    private static final int SIDE = 2_000;
    /** What a JVM with nothing but this decoder needs, and a young space that no large array goes to. */
    private static final long JVM_BYTES = 14 << 20;

    @TempDir
    Path folder;

    private static Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        for (int colours : new int[] {0, 2, 3, 6}) {
            for (boolean interlaced : new boolean[] {false, true}) {
                int bits = colours == 3 ? 8 : 16;
                files.put(
                        "PNG of colours " + colours + (interlaced ? ", interlaced" : ""),
                        TestPictures.png(SIDE, SIDE, bits, colours, interlaced, null));
            }
        }
        BufferedImage picture = TestPictures.colourful(SIDE, SIDE);
        files.put("JPEG", TestPictures.file("JPEG", picture));
        files.put("JPEG in passes", TestPictures.inPasses("JPEG", picture));
        files.put("JPEG of inks", TestPictures.inks(SIDE, SIDE, new int[4 * SIDE * SIDE]));
        files.put(
                "GIF",
                TestPictures.file(
                        "GIF",
                        TestPictures.palette(SIDE, SIDE, new Random(1).ints(256).toArray(), noise())));
        files.put("BMP", TestPictures.file("BMP", picture));
        for (String name : List.of("large-lossy", "large-alpha", "large-lossless")) {
            files.put("WebP, " + name, TestPictures.resource(name + ".webp"));
        }
        return files;
    }

    private static int[] noise() {
        return new Random(1).ints((long) SIDE * SIDE, 0, 256).toArray();
    }

    @TestFactory
    Stream<DynamicTest> shouldHoldNoMoreThanItsHeaderLetsExpect() {
        return files().entrySet().stream()
                .map(file -> dynamicTest(file.getKey(), () -> decodeInJvmOf(cost(file.getValue()), file.getValue())));
    }

    private static Cost cost(byte[] file) throws UnfitImageException {
        ImageFormat format = FormatDetection.of(file);
        return EncodedPicture.open(format, ByteBuffer.wrap(file), ImageLimits.DEFAULT, MemoryBudget.OF_HEAP)
                .cost();
    }

    private void decodeInJvmOf(Cost cost, byte[] file) throws Exception {
        Path picture = Files.write(folder.resolve("picture"), file);
        long young = 8;
        long heap = ((cost.bytes() + file.length + JVM_BYTES) >> 20) + young;
        Process jvm = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmn" + young + "m",
                        "-Xmx" + heap + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OnePicture.class.getName(),
                        picture.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), UTF_8);
        assertThat(jvm.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(jvm.exitValue()).as(said).isZero();
    }
}
