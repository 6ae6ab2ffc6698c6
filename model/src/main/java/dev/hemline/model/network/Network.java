package dev.hemline.model.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An image classifier as a list of layers.
 *
 * @param name what people call it, for instance {@code tiny}
 * @param input what one image looks like
 * @param layers from the image to the logits, in order
 */
public record Network(String name, Dimensions input, List<Layer> layers) {

    public Network {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("network " + name + " has no layers");
        }
        place(name, input, layers, new HashMap<>());
    }

    /** The layers with their names and the sizes between them; those inside others are in their bodies. */
    public List<PlacedLayer> placed() {
        return place(name, input, layers, new HashMap<>());
    }

    /** Everything the network needs to hold, in the order of its layers. */
    public List<TensorSpec> tensors() {
        return placed().stream().flatMap(layer -> layer.tensors().stream()).toList();
    }

    /** Numbers that come out per image. */
    public int outputs() {
        List<PlacedLayer> placed = placed();
        return placed.get(placed.size() - 1).output().size();
    }

    /** Numbers that training changes. */
    public long parameters() {
        return tensors().stream()
                .filter(tensor -> tensor.initial().trainable())
                .mapToLong(TensorSpec::size)
                .sum();
    }

    /** Multiplications and additions of one image's way through, each counted as one. */
    public long operations() {
        return placed().stream().mapToLong(PlacedLayer::operations).sum();
    }

    private static List<PlacedLayer> place(
            String network, Dimensions input, List<Layer> layers, Map<String, Integer> counts) {
        List<PlacedLayer> placed = new ArrayList<>();
        Dimensions in = input;
        for (Layer layer : layers) {
            String name = layer.kind() + counts.merge(layer.kind(), 1, Integer::sum);
            try {
                Dimensions out = layer.output(in);
                placed.add(new PlacedLayer(name, layer, in, out, place(network, in, layer.body(), counts)));
                in = out;
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "network " + network + ", layer " + name + " after " + in + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(placed);
    }
}
