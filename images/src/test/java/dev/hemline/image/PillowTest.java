package dev.hemline.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.hemline.event.ModelInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files as cameras, phones, scanners and editors write them, beside Pillow, which everybody else reads them with. */
class PillowTest {
    /** Lossy codecs leave the last bit to whoever decodes, and how chroma is enlarged. */
    private static final int LOSSY_TOLERANCE = 10;

    private static final int LEAST_FILES = 150;

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws Exception {
        Path script = folder.resolve("pictures.py");
        Files.write(script, TestPictures.resource("pictures.py"));
        Process python = new ProcessBuilder(python(), script.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), UTF_8);
        assertThat(python.waitFor()).as(said).isZero();
    }

    /** The one of this shell, or Debian's, which has Debian's packages. */
    private static String python() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                if (new ProcessBuilder(python, "-c", "import PIL").start().waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                // There is no such program; maybe the next one is there.
            }
        }
        throw new AssertionError(
                "This test needs Pillow: apt-get install python3-pil, or python3 -m pip install pillow");
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.exists(answer(file))).sorted().toList();
        }
    }

    private static Path answer(Path file) {
        return file.resolveSibling(file.getFileName() + ".rgb");
    }

    @Test
    void shouldHaveManyFiles() throws Exception {
        assertThat(files()).hasSizeGreaterThan(LEAST_FILES);
    }

    @TestFactory
    Stream<DynamicTest> shouldShowWhatPillowShows() throws Exception {
        return files().stream().map(file -> dynamicTest(file.getFileName().toString(), () -> compare(file)));
    }

    private static void compare(Path file) throws Exception {
        ByteBuffer answer = ByteBuffer.wrap(Files.readAllBytes(answer(file))).order(ByteOrder.LITTLE_ENDIAN);
        int width = answer.getInt();
        int height = answer.getInt();
        int[] theirs = new int[3 * width * height];
        Arrays.setAll(theirs, i -> answer.get() & 0xFF);

        int[] ours = decode(Files.readAllBytes(file), height, width);

        String name = file.getFileName().toString();
        boolean lossy = name.endsWith(".jpg") || (name.endsWith(".webp") && !name.contains("lossless"));
        int worst = 0;
        for (int i = 0; i < theirs.length; i++) {
            int channel = i % 3;
            worst = Math.max(worst, Math.abs(theirs[i] - ours[channel * width * height + i / 3]));
        }
        assertThat(worst).as("largest difference of a sample").isLessThanOrEqualTo(lossy ? LOSSY_TOLERANCE : 1);
    }

    private static int[] decode(byte[] file, int height, int width) throws UnfitImageException {
        ByteBuffer target = ByteBuffer.allocate(3 * height * width);
        var input = new ModelInput(3, height, width, List.of(0f), List.of(1f), false);
        new ImageDecoder(ImageLimits.DEFAULT).decode(file, input, target);
        int[] samples = new int[target.capacity()];
        Arrays.setAll(samples, i -> target.get(i) & 0xFF);
        return samples;
    }
}
