package dev.hemline.model.network;

import java.util.List;

/**
 * A layer at its place in a network.
 *
 * @param name kind and number, for instance {@code conv2}
 * @param layer the layer
 * @param input what goes in, per image
 * @param output what comes out, per image
 */
public record PlacedLayer(String name, Layer layer, Dimensions input, Dimensions output) {

    /** Tensors it needs. */
    public List<TensorSpec> tensors() {
        return layer.tensors(name, input);
    }

    /** Multiplications and additions for one image. */
    public long operations() {
        return layer.operations(input);
    }
}
