package dev.hemline.fashionmnist;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** IDX files as somebody else wrote them, plain and packed. */
class IdxFuzzTest {
    /** Gzip makes at most 1,032 bytes of one, which are held twice for a moment. */
    private static final Memory MEMORY = new Memory(1 << 20, 2_500);

    private static final Promise IMAGES =
            Promise.of(content -> IdxFile.readImages(file(content)), MEMORY, List.of(IOException.class));
    private static final Promise LABELS =
            Promise.of(content -> IdxFile.readLabels(file(content)), MEMORY, List.of(IOException.class));

    @TempDir
    static Path folder;

    static Stream<byte[]> seeds() {
        byte[] images = ByteBuffer.allocate(28)
                .putInt(0x0803)
                .putInt(3)
                .putInt(2)
                .putInt(2)
                .array();
        byte[] labels = ByteBuffer.allocate(11).putInt(0x0801).putInt(3).array();
        return Stream.of(images, labels, packed(images), packed(labels));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadOrRefuse(byte[] file) {
        holdsFor(file);
    }

    @Test
    void shouldReadOrRefuseWhateverHappenedToAFile() {
        Mutations.of(seeds()).forEach(300, IdxFuzzTest::holdsFor);
    }

    /** As images and as labels, and what it is packed, too: damage before packing gets further than damage after. */
    private static void holdsFor(byte[] content) {
        IMAGES.holdsFor(content);
        LABELS.holdsFor(content);
        IMAGES.holdsFor(packed(content));
    }

    private static Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("file"), content);
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
