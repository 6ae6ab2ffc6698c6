package dev.hemline.benchmarks.command;

import dev.hemline.model.network.Networks;
import picocli.CommandLine.Option;

/** {@code --network NAME}. Use as a picocli {@code @Mixin}. */
public final class NetworkOption {
    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "tiny",
            description = "Network of the model: tiny, base or large. Default: ${DEFAULT-VALUE}")
    String network = "tiny";

    /** @throws IllegalArgumentException if there is no such network */
    public String name() {
        Networks.requireKnown(network);
        return network;
    }
}
