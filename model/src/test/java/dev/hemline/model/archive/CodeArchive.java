package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TorchScript module without weights, as others would write one. */
public final class CodeArchive {
    private CodeArchive() {}

    /** One that is taken for a network, and writes outside of its memory as soon as that is run: SIGSEGV. */
    public static byte[] endingProcesses() {
        String far = "torch.mul(torch.ones([1, 1], dtype=4), 1000000000000)";
        return of("Tensor", "torch.to_dense(torch._sparse_coo_tensor_unsafe(" + far + ", torch.ones([1]), [10]))");
    }

    /**
     * @param type of the answer, such as {@code Tensor}
     * @param answer what is made of {@code x}, in serialized TorchScript
     */
    public static byte[] of(String type, String answer) {
        String code = "class Net(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + "  def forward(self: __torch__.Net, x: Tensor) -> " + type + ":\n    return " + answer + "\n";
        PickleWriter pickle = new PickleWriter()
                .global("__torch__", "Net")
                .opcodes(Pickle.EMPTY_TUPLE, Pickle.NEWOBJ, Pickle.EMPTY_DICT, Pickle.MARK)
                .string("training")
                .bool(true)
                .opcodes(Pickle.SETITEMS, Pickle.BUILD);
        Map<String, ByteBuffer> entries = new LinkedHashMap<>();
        entries.put("net/version", UTF_8.encode("3\n"));
        entries.put("net/code/__torch__.py", UTF_8.encode(code));
        entries.put("net/data.pkl", ByteBuffer.wrap(pickle.bytes()));
        entries.put(
                "net/constants.pkl",
                ByteBuffer.wrap(new PickleWriter().opcodes(Pickle.EMPTY_TUPLE).bytes()));
        return StoredZip.write(entries);
    }
}
