package dev.hemline.trainer.training;

import dev.hemline.model.network.Network;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.TensorSpec;
import dev.hemline.model.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training between two epochs: all that the rest of it depends on besides recipe and data. The place in the schedule and
 * in the sequence of random numbers both follow from the epoch.
 *
 * @param recipe how the training began, in words; one that differs cannot be gone on with
 * @param weights what the network has learnt
 * @param memory what the optimizer remembers
 * @param average the moving average of the weights
 * @param averaged how many weights went into it
 * @param best the average after the best epoch
 * @param history every epoch so far, at least one
 */
public record Checkpoint(
        String recipe,
        Weights weights,
        OptimizerState.Memory memory,
        Weights average,
        int averaged,
        Weights best,
        List<EpochResult> history) {

    private static final int MAGIC = 0x48_4d_4c_31;

    public Checkpoint {
        history = List.copyOf(history);
    }

    /** The epoch after which it was made. */
    EpochResult last() {
        return history.get(history.size() - 1);
    }

    /** It as bytes, for {@link #read}. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeUTF(recipe());
            out.writeInt(history().size());
            for (EpochResult epoch : history()) {
                write(epoch, out);
            }
            write(weights(), out);
            write(average(), out);
            out.writeInt(averaged());
            write(best(), out);
            out.writeInt(memory().steps());
            write(memory().arrays(), out);
        } catch (IOException e) {
            throw new AssertionError("arrays take what they are given", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of a checkpoint of that network */
    static Checkpoint read(byte[] bytes, Network network) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("not a checkpoint of this version of Hemline");
            }
            String recipe = in.readUTF();
            List<EpochResult> history = new ArrayList<>();
            int epochs = in.readInt();
            for (int i = 0; i < epochs; i++) {
                history.add(readEpoch(in));
            }
            Weights weights = weights(in, network);
            Weights average = weights(in, network);
            int averaged = in.readInt();
            Weights best = weights(in, network);
            OptimizerState.Memory memory = new OptimizerState.Memory(in.readInt(), arrays(in));
            return new Checkpoint(recipe, weights, memory, average, averaged, best, history);
        } catch (IllegalArgumentException e) {
            throw new IOException("it belongs to another network: " + e.getMessage(), e);
        }
    }

    private static void write(EpochResult epoch, DataOutputStream out) throws IOException {
        out.writeInt(epoch.epoch());
        out.writeLong(epoch.imagesSeen());
        out.writeDouble(epoch.learningRate());
        out.writeDouble(epoch.trainLoss());
        out.writeDouble(epoch.trainAccuracy());
        out.writeDouble(epoch.validationLoss());
        out.writeDouble(epoch.validationAccuracy());
        out.writeDouble(epoch.seconds());
    }

    private static EpochResult readEpoch(DataInputStream in) throws IOException {
        return new EpochResult(
                in.readInt(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble());
    }

    private static void write(Weights weights, DataOutputStream out) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        weights.tensors().forEach((name, tensor) -> arrays.put(name, tensor.values()));
        write(arrays, out);
    }

    private static Weights weights(DataInputStream in, Network network) throws IOException {
        Map<String, float[]> arrays = arrays(in);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpec spec : network.tensors()) {
            float[] values = arrays.remove(spec.name());
            if (values == null) {
                throw new IllegalArgumentException("there is no " + spec.name());
            }
            tensors.put(
                    spec.name(),
                    spec.initial().trainable()
                            ? Tensor.parameter(spec.shape(), values)
                            : Tensor.buffer(spec.shape(), values));
        }
        if (!arrays.isEmpty()) {
            throw new IllegalArgumentException("there is " + arrays.keySet());
        }
        return new Weights(tensors);
    }

    private static void write(Map<String, float[]> arrays, DataOutputStream out) throws IOException {
        out.writeInt(arrays.size());
        for (Map.Entry<String, float[]> array : arrays.entrySet()) {
            out.writeUTF(array.getKey());
            out.writeInt(array.getValue().length);
            ByteBuffer values = ByteBuffer.allocate(array.getValue().length * Float.BYTES);
            values.asFloatBuffer().put(array.getValue());
            out.write(values.array());
        }
    }

    private static Map<String, float[]> arrays(DataInputStream in) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            String name = in.readUTF();
            float[] values = new float[in.readInt()];
            ByteBuffer.wrap(in.readNBytes(values.length * Float.BYTES))
                    .asFloatBuffer()
                    .get(values);
            arrays.put(name, values);
        }
        return arrays;
    }
}
