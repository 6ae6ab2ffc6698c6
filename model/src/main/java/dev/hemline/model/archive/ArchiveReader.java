package dev.hemline.model.archive;

import dev.hemline.model.archive.PickleReader.Call;
import dev.hemline.model.archive.PickleReader.Global;
import dev.hemline.model.archive.PickleReader.Instance;
import dev.hemline.model.archive.PickleReader.Persistent;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the tensors in an opened TorchScript archive. */
final class ArchiveReader {
    private static final int MOST_DIMENSIONS = 8;
    private static final int DEEPEST_MODULE = 32;

    private final Map<String, ByteBuffer> entries;
    private final String folder;

    ArchiveReader(Map<String, ByteBuffer> entries) throws ArchiveException {
        this.entries = entries;
        String pickle = entries.keySet().stream()
                .filter(name -> name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .orElseThrow(() -> new ArchiveException("not a TorchScript archive: it has no data.pkl"));
        this.folder = pickle.substring(0, pickle.indexOf('/') + 1);
    }

    Weights weights() throws ArchiveException {
        if (!(PickleReader.read(entry("data.pkl")) instanceof Instance module)) {
            throw new ArchiveException("data.pkl does not hold a module");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        collect(module, "", 0, tensors);
        return new Weights(tensors);
    }

    private void collect(Instance module, String prefix, int depth, Map<String, Tensor> tensors)
            throws ArchiveException {
        if (depth > DEEPEST_MODULE) {
            throw new ArchiveException("modules are nested more than " + DEEPEST_MODULE + " deep, at " + prefix);
        }
        String type = module.type().qualifiedName();
        if (!type.startsWith("__torch__.")) {
            throw new ArchiveException("data.pkl holds a " + type + ", which is no TorchScript module");
        }
        for (Map.Entry<Object, Object> attribute : module.state().entrySet()) {
            String name = prefix + attribute.getKey();
            if (attribute.getValue() instanceof Instance submodule) {
                collect(submodule, name + ".", depth + 1, tensors);
            } else if (attribute.getValue() instanceof Call call) {
                tensors.put(name, tensor(name, call));
            }
        }
    }

    private Tensor tensor(String name, Call call) throws ArchiveException {
        String callee = call.callee().qualifiedName();
        if (!callee.equals("torch._utils._rebuild_tensor_v2")) {
            throw new ArchiveException(name + " wants to call " + callee + ", which is refused");
        }
        List<Object> arguments = call.arguments();
        if (arguments.size() < 5
                || !(arguments.get(0) instanceof Persistent storage)
                || !(arguments.get(1) instanceof Long offset)
                || !(arguments.get(4) instanceof Boolean trainable)) {
            throw new ArchiveException(name + " is not described as a tensor is");
        }
        List<Integer> shape = integers(name, arguments.get(2));
        List<Integer> strides = integers(name, arguments.get(3));
        float[] values = values(name, storage(name, storage), offset, shape, strides);
        return trainable ? Tensor.parameter(shape, values) : Tensor.buffer(shape, values);
    }

    private ByteBuffer storage(String name, Persistent storage) throws ArchiveException {
        List<Object> id = storage.id();
        if (id.size() != 5 || !(id.get(1) instanceof Global type) || !(id.get(2) instanceof String key)) {
            throw new ArchiveException(name + " has a storage that is not described as one is");
        }
        if (!type.qualifiedName().equals("torch.FloatStorage")) {
            throw new ArchiveException(
                    name + " is kept as " + type.qualifiedName() + "; only torch.FloatStorage is read");
        }
        return entry("data/" + key);
    }

    private static float[] values(
            String name, ByteBuffer storage, long offset, List<Integer> shape, List<Integer> strides)
            throws ArchiveException {
        if (shape.size() != strides.size() || shape.size() > MOST_DIMENSIONS) {
            throw new ArchiveException(name + " has shape " + shape + " but strides " + strides);
        }
        long size = 1;
        long last = offset;
        for (int i = 0; i < shape.size(); i++) {
            size *= shape.get(i);
            last += (shape.get(i) - 1L) * strides.get(i);
            if (size > Integer.MAX_VALUE / Float.BYTES) {
                throw new ArchiveException(name + " is too large: " + shape);
            }
        }
        if (size > 0 && (offset < 0 || last >= storage.limit() / Float.BYTES)) {
            throw new ArchiveException(name + " of shape " + shape + " goes past the end of its data");
        }
        // A stride of 0 repeats a number, so the data does not bound the size; the file as a whole does.
        if (size > storage.limit() / Float.BYTES) {
            throw new ArchiveException(name + " of shape " + shape + " is larger than its data");
        }
        int[] places = TensorLayout.places(shape, strides);
        float[] values = new float[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.getFloat(((int) offset + places[i]) * Float.BYTES);
        }
        return values;
    }

    private static List<Integer> integers(String name, @Nullable Object tuple) throws ArchiveException {
        List<Integer> integers = new ArrayList<>();
        if (tuple instanceof List<?> items) {
            for (Object item : items) {
                if (!(item instanceof Long value) || value < 0 || value > Integer.MAX_VALUE) {
                    throw new ArchiveException(name + " has " + item + " in its shape or strides");
                }
                integers.add(value.intValue());
            }
            return integers;
        }
        throw new ArchiveException(name + " has no shape or no strides");
    }

    private ByteBuffer entry(String name) throws ArchiveException {
        ByteBuffer content = entries.get(folder + name);
        if (content == null) {
            throw new ArchiveException("not a complete TorchScript archive: " + folder + name + " is missing");
        }
        return content;
    }
}
