package dev.hemline.model.archive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.model.network.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

/** Small archives that are well-formed and ask for far more time or memory than their size explains. */
class HostileArchiveTest {
    private static final int STORED_NUMBERS = 1_000;

    @Test
    void shouldReadATensorOfNoNumbersWithoutRoomForAny() throws Exception {
        byte[] module = module(pickle -> tensor(pickle, 0, 500_000_000, 0));

        assertThat(requireNonNull(read(module).get("weight")).shape()).containsExactly(500_000_000, 0);
    }

    @Test
    void shouldRefuseNumbersThatBeginBeyondTheEndOfAllData() {
        byte[] module = module(pickle -> tensor(pickle, Long.MAX_VALUE, 2, 2));

        assertRefused(module).withMessageContaining("past the end of its data");
    }

    @Test
    void shouldRefuseAShapeThatHoldsItself() {
        byte[] module = module(pickle -> {
            openTensor(pickle, 0);
            // Two lists, each in the other: saying what they hold would never end.
            pickle.opcodes(Pickle.EMPTY_LIST, Pickle.BINPUT, 1);
            pickle.opcodes(Pickle.EMPTY_LIST, Pickle.BINGET, 1, Pickle.APPEND);
            pickle.opcodes(Pickle.APPEND);
            closeTensor(pickle.integers(List.of(1)));
        });

        assertRefused(module).withMessageContaining("shape or strides");
    }

    @Test
    void shouldRefuseModulesThatAreSharedUntilThereAreBillions() {
        PickleWriter pickle = new PickleWriter();
        openModule(pickle);
        closeModule(pickle);
        for (int depth = 0; depth < 31; depth++) {
            pickle.opcodes(Pickle.BINPUT, depth);
            openModule(pickle);
            pickle.string("a").opcodes(Pickle.BINGET, depth);
            pickle.string("b").opcodes(Pickle.BINGET, depth);
            closeModule(pickle);
        }

        assertRefused(pickle.bytes()).withMessageContaining("over and over");
    }

    @Test
    void shouldRefuseNumbersThatAreSharedUntilTheyFillTheMemory() {
        byte[] module = module(pickle -> {
            for (int i = 0; i < 100; i++) {
                if (i > 0) {
                    pickle.string("weight" + i);
                }
                tensor(pickle, 0, STORED_NUMBERS);
            }
        });

        assertRefused(module).withMessageContaining("over and over");
    }

    @Test
    void shouldRefuseToNameWhatHasNoReasonableName() {
        byte[] module =
                module(pickle -> pickle.global("x".repeat(100_000), "y").opcodes(Pickle.EMPTY_TUPLE, Pickle.REDUCE));

        assertRefused(module)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(2_000));
    }

    @Test
    void shouldRefuseEntriesThatShareTheirBytes() {
        // Given the directory's second entry pointing to what the first one points to
        Map<String, ByteBuffer> entries = new LinkedHashMap<>();
        entries.put("net/a", ByteBuffer.allocate(1_000));
        entries.put("net/b", ByteBuffer.allocate(10));
        byte[] zip = StoredZip.write(entries);
        ByteBuffer file = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = file.getInt(zip.length - 6);
        int second = directory + 46 + "net/a".length() + file.getShort(directory + 30);
        // Checksum, both sizes and place.
        for (int field : new int[] {16, 20, 24, 42}) {
            file.putInt(second + field, file.getInt(directory + field));
        }

        assertThatExceptionOfType(ArchiveException.class)
                .isThrownBy(() -> StoredZip.read(zip))
                .withMessageContaining("share");
    }

    /** A module with the attribute {@code weight}, whose value is pushed by {@code value}. */
    private static byte[] module(Consumer<PickleWriter> value) {
        PickleWriter pickle = new PickleWriter();
        openModule(pickle);
        pickle.string("weight");
        value.accept(pickle);
        closeModule(pickle);
        return pickle.bytes();
    }

    private static void openModule(PickleWriter pickle) {
        pickle.global("__torch__", "Net").opcodes(Pickle.EMPTY_TUPLE, Pickle.NEWOBJ, Pickle.EMPTY_DICT, Pickle.MARK);
    }

    private static void closeModule(PickleWriter pickle) {
        pickle.opcodes(Pickle.SETITEMS, Pickle.BUILD);
    }

    private static void tensor(PickleWriter pickle, long offset, Integer... shape) {
        openTensor(pickle, offset);
        pickle.integers(List.of(shape));
        closeTensor(pickle.integers(MemoryFormat.CHANNELS_LAST.strides(List.of(shape))));
    }

    private static void openTensor(PickleWriter pickle, long offset) {
        pickle.global("torch._utils", "_rebuild_tensor_v2")
                .opcodes(Pickle.MARK, Pickle.MARK)
                .string("storage")
                .global("torch", "FloatStorage")
                .string("0")
                .string("cpu")
                .integer(STORED_NUMBERS)
                .opcodes(Pickle.TUPLE, Pickle.BINPERSID, Pickle.LONG1, Long.BYTES);
        for (int i = 0; i < Long.BYTES; i++) {
            pickle.opcodes((int) (offset >> (8 * i)) & 0xFF);
        }
    }

    private static void closeTensor(PickleWriter pickle) {
        pickle.bool(true).opcodes(Pickle.TUPLE, Pickle.REDUCE);
    }

    private static Map<String, Tensor> read(byte[] pickle) throws ArchiveException {
        return new ArchiveReader(StoredZip.read(StoredZip.write(Map.of(
                        "net/data.pkl",
                        ByteBuffer.wrap(pickle),
                        "net/data/0",
                        ByteBuffer.allocate(STORED_NUMBERS * Float.BYTES)))))
                .weights()
                .tensors();
    }

    private static ThrowableAssertAlternative<ArchiveException> assertRefused(byte[] pickle) {
        return assertThatExceptionOfType(ArchiveException.class).isThrownBy(() -> read(pickle));
    }
}
