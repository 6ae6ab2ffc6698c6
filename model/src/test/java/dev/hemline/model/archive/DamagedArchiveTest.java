package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedArchiveTest {
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);
    private static final byte[] ARCHIVE = TorchScriptArchive.write(TINY, Weights.initial(TINY, 7));

    @Test
    void shouldRefuseAFileThatIsCutOffAnywhere() {
        for (int length = 0; length < ARCHIVE.length; length += length < 2000 ? 1 : 997) {
            byte[] cutOff = Arrays.copyOf(ARCHIVE, length);
            assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> TorchScriptArchive.read(cutOff));
        }
    }

    @Test
    void shouldNameTheEntryWhoseChecksumIsOff() {
        byte[] altered = ARCHIVE.clone();
        altered[1000] ^= 1;

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> TorchScriptArchive.read(altered))
                .withMessageContaining("net/")
                .withMessageContaining("checksum");
    }

    @Test
    void shouldFailInOneWayOnlyWhateverTheDirectorySays() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] altered = ARCHIVE.clone();
            int directoryBytes = 4000;
            altered[altered.length - 1 - random.nextInt(directoryBytes)] = (byte) random.nextInt();
            readOrRefuse(() -> TorchScriptArchive.read(altered));
        }
    }

    @Test
    void shouldFailInOneWayOnlyWhateverThePickleSays() throws Exception {
        Map<String, ByteBuffer> entries = StoredZip.read(ARCHIVE);
        byte[] pickle = bytes(requireNonNull(entries.get("net/data.pkl")));
        Random random = new Random(6);
        for (int i = 0; i < 3_000; i++) {
            byte[] altered = pickle.clone();
            altered[random.nextInt(altered.length)] = (byte) random.nextInt();
            readOrRefuse(() -> new ArchiveReader(with(entries, altered)).weights());
        }
    }

    @Test
    void shouldRefuseToCallAnythingButTensors() {
        byte[] pickle = new PickleWriter()
                .global("__torch__", "Net")
                .opcodes(Pickle.EMPTY_TUPLE, Pickle.NEWOBJ, Pickle.EMPTY_DICT, Pickle.MARK)
                .string("weight")
                .global("os", "system")
                .opcodes(Pickle.MARK)
                .string("true")
                .opcodes(Pickle.TUPLE, Pickle.REDUCE, Pickle.SETITEMS, Pickle.BUILD)
                .bytes();

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> new ArchiveReader(Map.of("net/data.pkl", ByteBuffer.wrap(pickle))).weights())
                .withMessage("weight wants to call os.system, which is refused");
    }

    @Test
    void shouldNameAnOpcodeItDoesNotKnow() {
        byte[] pickle = {(byte) Pickle.PROTO, 2, 'i'};

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> PickleReader.read(ByteBuffer.wrap(pickle)))
                .withMessage("unknown pickle opcode 0x69 at byte 2");
    }

    @Test
    void shouldNameWhatIsMissing() {
        byte[] zip = StoredZip.write(Map.of("net/version", UTF_8.encode("3\n")));

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> TorchScriptArchive.read(zip))
                .withMessage("not a TorchScript archive: it has no data.pkl");
    }

    private interface Reading {
        Weights read() throws ArchiveException;
    }

    /** Damage that changes nothing that matters may go unnoticed; anything but an ArchiveException may not escape. */
    private static void readOrRefuse(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (ArchiveException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }

    private static Map<String, ByteBuffer> with(Map<String, ByteBuffer> entries, byte[] pickle) {
        Map<String, ByteBuffer> altered = new LinkedHashMap<>(entries);
        altered.put("net/data.pkl", ByteBuffer.wrap(pickle));
        return altered;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
