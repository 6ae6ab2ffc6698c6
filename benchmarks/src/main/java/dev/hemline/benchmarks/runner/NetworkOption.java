package dev.hemline.benchmarks.runner;

import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Networks;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --network NAME}. Use as a picocli {@code @Mixin}. */
public class NetworkOption {
    @Option(
            names = "--network",
            paramLabel = "NAME",
            converter = Known.class,
            description = "Network of the model: tiny, base or large.")
    String network = "tiny";

    public String name() {
        return network;
    }

    /** The name of a network that there is. */
    static final class Known implements ITypeConverter<String> {
        @Override
        public String convert(String name) {
            if (!Networks.names().contains(name)) {
                throw new TypeConversionException("'" + name + "' is none of " + String.join(", ", Networks.names()));
            }
            return name;
        }
    }

    /** Which model classifies. */
    public static final class WithPrecision extends NetworkOption {
        @Option(
                names = "--precision",
                paramLabel = "TYPE",
                defaultValue = "float32",
                description =
                        "What Hemline's archive computes with, whoever has it: float32, or bfloat16. DJL's blocks have"
                                + " float32.")
        Precision precision = Precision.FLOAT32;

        public PeerModel model() {
            return new PeerModel(name(), precision);
        }
    }
}
