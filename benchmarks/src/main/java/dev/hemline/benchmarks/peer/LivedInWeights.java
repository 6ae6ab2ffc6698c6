package dev.hemline.benchmarks.peer;

import dev.hemline.model.network.Network;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * First weights with norms and biases as if training had moved them. As they are at first they will not do to compare
 * networks by: every norm does nothing yet, so a mean in the place of a beta would not be seen.
 */
public final class LivedInWeights {
    private static final double LARGER = 1.3;
    private static final double SMALLER = 0.7;
    private static final double MORE = 0.2;

    private LivedInWeights() {}

    /** Weights of that network; the same seed gives the same. */
    public static Weights of(Network network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Tensor> moved = new LinkedHashMap<>();
        Weights.initial(network, seed).tensors().forEach((name, tensor) -> moved.put(name, moved(tensor, random)));
        return new Weights(moved);
    }

    /** What is above zero stays there, variances for one. Kernels stay as they are: they keep the size of what goes through. */
    private static Tensor moved(Tensor tensor, SplittableRandom random) {
        if (tensor.shape().size() > 1) {
            return tensor;
        }
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * random.nextDouble(SMALLER, LARGER) + random.nextDouble(MORE));
        }
        return tensor.withValues(values);
    }
}
