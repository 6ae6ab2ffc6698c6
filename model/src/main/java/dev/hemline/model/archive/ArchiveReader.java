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
    /** A pickle takes some bytes to say each name that it has, and honest ones say most of them once. */
    private static final long NAMES_PER_PICKLE_BYTE = 16;

    private final Map<String, ByteBuffer> entries;
    private final String folder;
    private long namesLeft;
    private long numbersLeft;

    ArchiveReader(Map<String, ByteBuffer> entries) throws ArchiveException {
        this.entries = entries;
        String pickle = entries.keySet().stream()
                .filter(name -> name.endsWith("/data.pkl") && name.indexOf('/') == name.lastIndexOf('/'))
                .findFirst()
                .orElseThrow(() -> new ArchiveException("not a TorchScript archive: it has no data.pkl"));
        this.folder = pickle.substring(0, pickle.indexOf('/') + 1);
    }

    Weights weights() throws ArchiveException {
        ByteBuffer pickle = entry("data.pkl");
        if (!(PickleReader.read(pickle) instanceof Instance module)) {
            throw new ArchiveException("data.pkl does not hold a module");
        }
        namesLeft = NAMES_PER_PICKLE_BYTE * pickle.limit();
        // Four times as many as there is room for: tensors may share their numbers.
        numbersLeft = entries.values().stream().mapToLong(ByteBuffer::limit).sum();
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
            String name = name(prefix, String.valueOf(attribute.getKey()));
            if (attribute.getValue() instanceof Instance submodule) {
                collect(submodule, name + ".", depth + 1, tensors);
            } else if (attribute.getValue() instanceof Call call) {
                tensors.put(name, tensor(name, call));
            }
        }
    }

    /** What is shared can be reached in more ways than there are bytes; nobody needs to see all of them. */
    private String name(String prefix, String attribute) throws ArchiveException {
        namesLeft -= prefix.length() + attribute.length() + 1L;
        if (namesLeft < 0) {
            throw new ArchiveException("data.pkl holds the same modules over and over, under " + prefix);
        }
        return prefix + attribute;
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
        numbersLeft -= values.length;
        if (numbersLeft < 0) {
            throw new ArchiveException("the tensors hold the same numbers over and over, up to " + name);
        }
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
        if (shape.size() != strides.size()) {
            throw new ArchiveException(name + " has shape " + shape + " but strides " + strides);
        }
        if (offset < 0 || offset > storage.limit() / Float.BYTES) {
            throw new ArchiveException(name + " begins past the end of its data");
        }
        long size = 1;
        long last = offset;
        for (int i = 0; i < shape.size(); i++) {
            // Lengths beside a zero count, too: whoever multiplies them in another order gets as far.
            size *= Math.max(1, shape.get(i));
            last += (shape.get(i) - 1L) * strides.get(i);
            if (size > Integer.MAX_VALUE / Float.BYTES) {
                throw new ArchiveException(name + " is too large: " + shape);
            }
        }
        if (shape.contains(0)) {
            return new float[0];
        }
        if (last >= storage.limit() / Float.BYTES) {
            throw new ArchiveException(name + " of shape " + shape + " goes past the end of its data");
        }
        // A stride of 0 repeats a number, so the data does not bound the size; the file as a whole does.
        if (size > storage.limit() / Float.BYTES) {
            throw new ArchiveException(name + " of shape " + shape + " is larger than its data");
        }
        int[] places = MemoryFormat.places(shape, strides);
        float[] values = new float[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = storage.getFloat(((int) offset + places[i]) * Float.BYTES);
        }
        return values;
    }

    private static List<Integer> integers(String name, @Nullable Object tuple) throws ArchiveException {
        if (!(tuple instanceof List<?> items) || items.size() > MOST_DIMENSIONS) {
            throw new ArchiveException(
                    name + " has no shape or no strides of at most " + MOST_DIMENSIONS + " dimensions");
        }
        List<Integer> integers = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Long value) || value < 0 || value > Integer.MAX_VALUE) {
                // Only numbers are shown: a list may hold itself.
                Object shown = item instanceof Long ? item : "something else than a number";
                throw new ArchiveException(name + " has " + shown + " in its shape or strides");
            }
            integers.add(value.intValue());
        }
        return integers;
    }

    private ByteBuffer entry(String name) throws ArchiveException {
        ByteBuffer content = entries.get(folder + name);
        if (content == null) {
            throw new ArchiveException("not a complete TorchScript archive: " + folder + name + " is missing");
        }
        return content;
    }
}
