package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.model.network.Network;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The TorchScript file format: what {@code torch.jit.save} writes and {@code torch.jit.load} reads. A zip holding the code
 * of one module, a pickle with its attributes, and one raw file per tensor.
 */
public final class TorchScriptArchive {
    private static final String FOLDER = "net/";
    private static final String CODE = FOLDER + "code/__torch__.py";

    private TorchScriptArchive() {}

    /**
     * A network and its weights as a TorchScript module to serve, which takes float32 (n, channels, height, width) and
     * gives logits float32 (n, outputs). The same network and weights give the same bytes.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static byte[] write(Network network, Weights weights) {
        return write(network, weights, TorchScriptCode.toServe(network), MemoryFormat.CHANNELS_LAST);
    }

    /**
     * An archive to serve that computes between its layers in that precision. Weights, input and output stay float32.
     *
     * @param served what {@link #write} wrote
     * @throws ArchiveException if it was not written here, or the file is damaged
     */
    public static byte[] inPrecision(byte[] served, Precision precision) throws ArchiveException {
        Map<String, ByteBuffer> entries = StoredZip.read(served);
        ByteBuffer code = entries.getOrDefault(CODE, ByteBuffer.allocate(0));
        String changed = TorchScriptCode.inPrecision(UTF_8.decode(code).toString(), precision)
                .orElseThrow(() -> new ArchiveException("its code does not say what it computes with"));
        entries.put(CODE, UTF_8.encode(changed));
        return StoredZip.write(entries);
    }

    /**
     * The same function as a module that can be trained: it keeps what gradients need, and computes between its layers in
     * that precision. Its weights, input and output are float32.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static byte[] writeTrainable(Network network, Weights weights, Precision precision) {
        return writeTrainable(network, weights, precision, MemoryFormat.CHANNELS_LAST);
    }

    /**
     * The same module, with its feature maps and kernels in that order.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static byte[] writeTrainable(Network network, Weights weights, Precision precision, MemoryFormat format) {
        return write(network, weights, TorchScriptCode.toTrain(network, precision, format), format);
    }

    private static byte[] write(Network network, Weights weights, String code, MemoryFormat format) {
        Map<String, ByteBuffer> entries = new LinkedHashMap<>();
        entries.put(FOLDER + "version", UTF_8.encode("3\n"));
        entries.put(CODE, UTF_8.encode(code));
        PickleWriter pickle = new PickleWriter()
                .global("__torch__", TorchScriptCode.CLASS)
                .opcodes(Pickle.EMPTY_TUPLE, Pickle.NEWOBJ, Pickle.EMPTY_DICT, Pickle.MARK);
        int key = 0;
        for (Map.Entry<String, Tensor> tensor :
                weights.fitting(network).tensors().entrySet()) {
            writeTensor(pickle.string(tensor.getKey()), tensor.getValue(), format, Integer.toString(key));
            entries.put(FOLDER + "data/" + key, storage(tensor.getValue(), format));
            key++;
        }
        pickle.string("training").bool(true).opcodes(Pickle.SETITEMS, Pickle.BUILD);
        entries.put(FOLDER + "data.pkl", ByteBuffer.wrap(pickle.bytes()));
        entries.put(
                FOLDER + "constants.pkl",
                ByteBuffer.wrap(new PickleWriter().opcodes(Pickle.EMPTY_TUPLE).bytes()));
        return StoredZip.write(entries);
    }

    /**
     * The tensors of an archive written here, by libtorch or by Python; those of submodules as {@code outer.inner}.
     *
     * @throws ArchiveException if the file is damaged, or holds anything but float32 tensors, numbers and text; the
     *     message names what it stumbled over
     */
    public static Weights read(byte[] archive) throws ArchiveException {
        return new ArchiveReader(StoredZip.read(archive)).weights();
    }

    private static void writeTensor(PickleWriter pickle, Tensor tensor, MemoryFormat format, String key) {
        pickle.global("torch._utils", "_rebuild_tensor_v2")
                .opcodes(Pickle.MARK, Pickle.MARK)
                .string("storage")
                .global("torch", "FloatStorage")
                .string(key)
                .string("cpu")
                .integer(tensor.size())
                .opcodes(Pickle.TUPLE, Pickle.BINPERSID)
                .integer(0)
                .integers(tensor.shape())
                .integers(format.strides(tensor.shape()))
                .bool(tensor.trainable())
                .global("collections", "OrderedDict")
                .opcodes(Pickle.EMPTY_TUPLE, Pickle.REDUCE, Pickle.TUPLE, Pickle.REDUCE);
    }

    private static ByteBuffer storage(Tensor tensor, MemoryFormat format) {
        float[] values = tensor.values();
        List<Integer> shape = tensor.shape();
        int[] places = MemoryFormat.places(shape, format.strides(shape));
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            bytes.putFloat(places[i] * Float.BYTES, values[i]);
        }
        return bytes;
    }
}
