package dev.hemline.benchmarks.runner;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Networks;
import picocli.CommandLine.Option;

/** {@code --network NAME}. Use as a picocli {@code @Mixin}. */
public class NetworkOption {
    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Network of the model: tiny, base or large. Default: ${DEFAULT-VALUE}")
    String network = "tiny";

    /** @throws IllegalArgumentException if there is no such network */
    public void requireKnown() {
        Networks.requireKnown(network);
    }

    public String name() {
        return network;
    }

    /** Which model classifies. */
    public static final class WithPrecision extends NetworkOption {
        @Option(
                names = "--precision",
                paramLabel = "TYPE",
                defaultValue = "float32",
                description =
                        "What Hemline's archive computes with, whoever has it: float32, or bfloat16. DJL's blocks have"
                                + " float32. Default: ${DEFAULT-VALUE}")
        Precision precision = Precision.FLOAT32;

        public PeerModel model() {
            return new PeerModel(name(), precision);
        }
    }
}
