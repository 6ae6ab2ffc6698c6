package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Writes the pickle opcodes, protocol 2, that a TorchScript archive needs. */
final class PickleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        out.write(Pickle.PROTO);
        out.write(2);
    }

    PickleWriter opcodes(int... opcodes) {
        for (int opcode : opcodes) {
            out.write(opcode);
        }
        return this;
    }

    PickleWriter global(String module, String name) {
        out.write(Pickle.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(UTF_8));
        return this;
    }

    PickleWriter string(String value) {
        byte[] bytes = value.getBytes(UTF_8);
        out.write(Pickle.BINUNICODE);
        int32(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    PickleWriter integer(int value) {
        out.write(Pickle.BININT);
        int32(value);
        return this;
    }

    PickleWriter bool(boolean value) {
        out.write(value ? Pickle.NEWTRUE : Pickle.NEWFALSE);
        return this;
    }

    PickleWriter integers(List<Integer> values) {
        out.write(Pickle.MARK);
        values.forEach(this::integer);
        out.write(Pickle.TUPLE);
        return this;
    }

    byte[] bytes() {
        out.write(Pickle.STOP);
        return out.toByteArray();
    }

    private void int32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }
}
