package dev.hemline.model.network;

import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The networks people can choose by name. */
public final class Networks {
    private static final Map<String, BiFunction<Dimensions, Integer, Network>> BY_NAME =
            new TreeMap<>(Map.of("tiny", Networks::tiny));

    private Networks() {}

    /** Names that {@link #named} knows, sorted. */
    public static List<String> names() {
        return List.copyOf(BY_NAME.keySet());
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

    /** Six convolutions and more channels as the picture shrinks: quick to learn, cheap for every event that asks it. */
    public static Network tiny(Dimensions input, int labels) {
        return new Network(
                "tiny",
                input,
                List.of(
                        new Conv2d(16, 3),
                        new BatchNorm(),
                        new Relu(),
                        new Conv2d(16, 3),
                        new BatchNorm(),
                        new Relu(),
                        new MaxPool(2),
                        new Conv2d(32, 3),
                        new BatchNorm(),
                        new Relu(),
                        new Conv2d(32, 3),
                        new BatchNorm(),
                        new Relu(),
                        new MaxPool(2),
                        new Conv2d(64, 3),
                        new BatchNorm(),
                        new Relu(),
                        new Conv2d(64, 3),
                        new BatchNorm(),
                        new Relu(),
                        new GlobalAveragePool(),
                        new Linear(labels)));
    }
}
