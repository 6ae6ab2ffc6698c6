package dev.hemline.model.network;

import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Layer.Residual;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The networks people can choose by name. All are built alike: more channels as the picture shrinks, and a residual block
 * wherever the size stays, so that depth costs no learning time.
 */
public final class Networks {
    private static final Map<String, BiFunction<Dimensions, Integer, Network>> BY_NAME =
            new TreeMap<>(Map.of("tiny", Networks::tiny, "base", Networks::base, "large", Networks::large));

    private Networks() {}

    /** Names that {@link #named} knows, sorted. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** @throws IllegalArgumentException if there is no such network; the message says what {@code --network} takes */
    public static void requireKnown(String name) {
        if (!BY_NAME.containsKey(name)) {
            throw new IllegalArgumentException(
                    "--network is one of " + String.join(", ", names()) + ", not '" + name + "'");
        }
    }

    /**
     * The network of that name.
     *
     * @param input what one image looks like
     * @param labels how many classes to tell apart
     * @throws IllegalArgumentException if there is no such network; the message lists those there are
     */
    public static Network named(String name, Dimensions input, int labels) {
        BiFunction<Dimensions, Integer, Network> network = BY_NAME.get(name);
        if (network == null) {
            throw new IllegalArgumentException(
                    "unknown network " + name + "; there is: " + String.join(", ", BY_NAME.keySet()));
        }
        return network.apply(input, labels);
    }

    /** Seven convolutions, below 100,000 parameters: quick to learn, cheap for every event that asks it. */
    public static Network tiny(Dimensions input, int labels) {
        return network(
                "tiny",
                input,
                labels,
                stage(convolution(16), convolution(16)),
                stage(convolution(32), residual(32)),
                stage(convolution(64), convolution(64)));
    }

    /** Nine convolutions, below 400,000 parameters: for streams that can spare some time for accuracy. */
    public static Network base(Dimensions input, int labels) {
        return network(
                "base",
                input,
                labels,
                stage(convolution(16), convolution(32)),
                stage(convolution(48), residual(48)),
                stage(convolution(96), residual(96), convolution(96)));
    }

    /** Ten convolutions, below 800,000 parameters: as good as it gets on two processors in an evening. */
    public static Network large(Dimensions input, int labels) {
        return network(
                "large",
                input,
                labels,
                stage(convolution(16), convolution(32)),
                stage(convolution(64), residual(64)),
                stage(convolution(128), residual(128), residual(128)));
    }

    /** Between two stages the picture shrinks to half its height and width; after the last, feature maps are averaged. */
    @SafeVarargs
    private static Network network(String name, Dimensions input, int labels, List<Layer>... stages) {
        List<Layer> layers = new ArrayList<>();
        for (List<Layer> stage : stages) {
            if (!layers.isEmpty()) {
                layers.add(new MaxPool(2));
            }
            layers.addAll(stage);
        }
        layers.add(new GlobalAveragePool());
        layers.add(new Linear(labels));
        return new Network(name, input, layers);
    }

    @SafeVarargs
    private static List<Layer> stage(List<Layer>... parts) {
        List<Layer> layers = new ArrayList<>();
        for (List<Layer> part : parts) {
            layers.addAll(part);
        }
        return layers;
    }

    private static List<Layer> convolution(int channels) {
        return List.of(new Conv2d(channels, 3), new BatchNorm(), new Relu());
    }

    private static List<Layer> residual(int channels) {
        return List.of(new Residual(stage(convolution(channels), convolution(channels))));
    }
}
