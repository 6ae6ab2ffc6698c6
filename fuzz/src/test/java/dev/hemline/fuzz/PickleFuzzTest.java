package dev.hemline.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.TorchScriptArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in an archive's {@code data.pkl}: a program for a stack machine, which may refer to itself. */
class PickleFuzzTest {
    private static final String PICKLE = "net/data.pkl";
    private static final Map<String, byte[]> ENTRIES = unzip(SmallModel.archive());
    private static final Promise PROMISE =
            Promise.of(PickleFuzzTest::read, ArchiveFuzzTest.MEMORY, List.of(ArchiveException.class));

    private static Object read(byte[] pickle) throws ArchiveException {
        Map<String, byte[]> entries = new LinkedHashMap<>(ENTRIES);
        entries.put(PICKLE, pickle);
        return TorchScriptArchive.read(zip(entries));
    }

    static Stream<byte[]> seeds() {
        return Stream.of(ENTRIES.get(PICKLE));
    }

    @MethodSource("seeds")
    @DictionaryEntries({
        "ctorch._utils\\x0a_rebuild_tensor_v2\\x0a",
        "c__torch__\\x0aNet\\x0a)\\x81}(",
        "ctorch\\x0aFloatStorage\\x0a"
    })
    @FuzzTest
    void shouldReadOrRefuse(byte[] pickle) {
        PROMISE.holdsFor(pickle);
    }

    @Test
    void shouldReadOrRefuseWhateverHappenedToAPickle() {
        Mutations.of(seeds()).forEach(5_000, PROMISE::holdsFor);
    }

    private static Map<String, byte[]> unzip(byte[] archive) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                CRC32 checksum = new CRC32();
                checksum.update(entry.getValue());
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setSize(entry.getValue().length);
                header.setCrc(checksum.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
