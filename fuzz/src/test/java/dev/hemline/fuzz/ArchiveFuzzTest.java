package dev.hemline.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.ForeignFile;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole archives of models; their checksums are put right before they are read. What else a file may be is told in one line
 * first.
 */
class ArchiveFuzzTest {
    /** Tensors take four times as many numbers as the archive has room for, where several show the same ones. */
    static final Memory MEMORY = new Memory(4 << 20, 256);

    private static final Promise PROMISE = Promise.of(ArchiveFuzzTest::read, MEMORY, List.of(ArchiveException.class));

    private static Weights read(byte[] archive) throws ArchiveException {
        byte[] mended = ZipChecksums.mended(archive);
        String kind = ForeignFile.whatItIs(mended).orElse("");
        if (kind.length() > 1_500 || kind.lines().count() > 1) {
            throw new AssertionError("no line: " + kind);
        }
        return TorchScriptArchive.read(mended);
    }

    static Stream<byte[]> seeds() {
        byte[] weights = new String(SmallModel.archive(), ISO_8859_1)
                .replace("/code/", "/none/")
                .replace("/constants", "/variables")
                .getBytes(ISO_8859_1);
        return Stream.of(SmallModel.archive(), weights);
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldReadOrRefuse(byte[] archive) {
        PROMISE.holdsFor(archive);
    }

    @Test
    void shouldReadOrRefuseWhateverHappenedToAnArchive() {
        Mutations.of(seeds()).forEach(5_000, PROMISE::holdsFor);
    }
}
