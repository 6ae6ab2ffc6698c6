package dev.hemline.model.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The numbers that fill a network.
 *
 * @param tensors by name, in the order of the network's layers
 */
public record Weights(Map<String, Tensor> tensors) {

    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Weights to start training from; the same seed gives the same numbers. */
    public static Weights initial(Network network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorSpec spec : network.tensors()) {
            float[] values = initialValues(spec, random);
            tensors.put(
                    spec.name(),
                    spec.initial().trainable()
                            ? Tensor.parameter(spec.shape(), values)
                            : Tensor.buffer(spec.shape(), values));
        }
        return new Weights(tensors);
    }

    /**
     * The tensor of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    /**
     * These weights as that network needs them: in the order of its layers, and each trainable or not as the layers say.
     *
     * @throws IllegalArgumentException if a tensor is missing, left over, or of another shape
     */
    public Weights fitting(Network network) {
        Map<String, Tensor> fitting = new LinkedHashMap<>();
        for (TensorSpec spec : network.tensors()) {
            Tensor tensor = get(spec.name());
            if (!tensor.shape().equals(spec.shape())) {
                throw new IllegalArgumentException("network " + network.name() + " needs " + spec.name() + " of shape "
                        + spec.shape() + ", got " + tensor.shape());
            }
            fitting.put(spec.name(), tensor.trainable(spec.initial().trainable()));
        }
        if (tensors.size() != fitting.size()) {
            throw new IllegalArgumentException(
                    "network " + network.name() + " needs " + fitting.keySet() + ", got " + tensors.keySet());
        }
        return new Weights(fitting);
    }

    /**
     * Between these weights and others of the same network.
     *
     * @param share of the way to the others, 0 to 1
     */
    public Weights towards(Weights others, float share) {
        Map<String, Tensor> moved = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            float[] values = tensor.values();
            float[] goal = others.get(name).values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (goal[i] - values[i]) * share;
            }
            moved.put(name, tensor.withValues(values));
        });
        return new Weights(moved);
    }

    private static float[] initialValues(TensorSpec spec, SplittableRandom random) {
        float[] values = new float[spec.size()];
        double scale = Math.sqrt(1.0 / spec.fanIn());
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (spec.initial()) {
                case HE_NORMAL -> (float) (random.nextGaussian() * Math.sqrt(2) * scale);
                case UNIFORM_FAN_IN -> (float) (random.nextDouble(-1, 1) * scale);
                case ZEROS, BUFFER_ZEROS -> 0f;
                case ONES, BUFFER_ONES -> 1f;
            };
        }
        return values;
    }
}
