package dev.hemline.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Weights;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole archives of models; their checksums are put right before they are read. */
class ArchiveFuzzTest {
    /** Tensors take four times as many numbers as the archive has room for, where several show the same ones. */
    static final Memory MEMORY = new Memory(4 << 20, 256);

    private static final Promise PROMISE = Promise.of(ArchiveFuzzTest::read, MEMORY, List.of(ArchiveException.class));

    private static Weights read(byte[] archive) throws ArchiveException {
        return TorchScriptArchive.read(ZipChecksums.mended(archive));
    }

    static Stream<byte[]> seeds() {
        return Stream.of(SmallModel.archive());
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
