package dev.hemline.model.network;

import java.util.List;

/**
 * A tensor that a layer needs.
 *
 * @param name unique in the network, for instance {@code conv1_weight}
 * @param shape in PyTorch's order: (out, in, height, width) for a convolution, (out, in) for a linear layer
 * @param initial what it holds before training
 */
public record TensorSpec(String name, List<Integer> shape, Initial initial) {

    /** What a tensor holds before training. */
    public enum Initial {
        /** Normal with deviation sqrt(2 / fan-in), right for what a ReLU follows. */
        HE_NORMAL,
        /** Uniform within 1 / sqrt(fan-in), so that the first logits are small. */
        UNIFORM_FAN_IN,
        ZEROS,
        ONES,
        /** Zeros that the forward pass updates, not the optimizer. */
        BUFFER_ZEROS,
        /** Ones that the forward pass updates, not the optimizer. */
        BUFFER_ONES;

        /** Whether the optimizer changes it. */
        public boolean trainable() {
            return this != BUFFER_ZEROS && this != BUFFER_ONES;
        }
    }

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** Numbers in it. */
    public int size() {
        return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
    }

    /** Inputs that add up to one output: all dimensions but the first. */
    public int fanIn() {
        return size() / shape.get(0);
    }
}
