package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.command.NetworkOption;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.model.archive.Precision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model classifies. Use as a picocli {@code @Mixin}. */
public final class ModelOptions {
    @Mixin
    NetworkOption network = new NetworkOption();

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "What Hemline's archive computes with, whoever has it: float32, or bfloat16. DJL's blocks have"
                            + " float32. Default: ${DEFAULT-VALUE}")
    Precision precision = Precision.FLOAT32;

    /** @throws IllegalArgumentException if there is no such network */
    public PeerModel model() {
        return new PeerModel(network.name(), precision);
    }
}
