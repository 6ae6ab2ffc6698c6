package dev.hemline.model.network;

import java.util.List;
import java.util.stream.Stream;

/**
 * A layer at its place in a network.
 *
 * @param name kind and number, for instance {@code conv2}
 * @param layer the layer
 * @param input what goes in, per image
 * @param output what comes out, per image
 * @param body the layers inside it, in order; empty for all but {@link Layer.Residual}
 */
public record PlacedLayer(String name, Layer layer, Dimensions input, Dimensions output, List<PlacedLayer> body) {

    public PlacedLayer {
        body = List.copyOf(body);
    }

    /** Tensors it needs, those of its body included. */
    public List<TensorSpec> tensors() {
        return Stream.concat(
                        layer.tensors(name, input).stream(), body.stream().flatMap(inner -> inner.tensors().stream()))
                .toList();
    }

    /** Multiplications and additions for one image, those of its body included. */
    public long operations() {
        return layer.operations(input)
                + body.stream().mapToLong(PlacedLayer::operations).sum();
    }

    /** This layer and then those inside it, at any depth. */
    public Stream<PlacedLayer> withBody() {
        return Stream.concat(Stream.of(this), body.stream().flatMap(PlacedLayer::withBody));
    }
}
