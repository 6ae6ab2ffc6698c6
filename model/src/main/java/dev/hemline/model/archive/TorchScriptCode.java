package dev.hemline.model.archive;

import static java.util.stream.Collectors.joining;

import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Layer.Residual;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A network as the serialized TorchScript that libtorch parses: one class, one {@code forward}. */
final class TorchScriptCode {
    static final String CLASS = "Net";

    /** The variable that says what a served network computes with; its line is all that differs between precisions. */
    private static final String TYPE = "dtype";

    /** What libtorch calls its types. */
    private static final String FLOAT32 = "6";

    private static final String BFLOAT16 = "15";

    private final Computation computation;
    private final MemoryFormat format;
    private final StringBuilder code = new StringBuilder();
    private int values;

    private TorchScriptCode(Computation computation, MemoryFormat format) {
        this.computation = computation;
        this.format = format;
    }

    /** Computes in float32, or what {@link #inPrecision} makes of it; writes over what no layer needs any more. */
    static String toServe(Network network) {
        return new TorchScriptCode(Computation.SERVING, MemoryFormat.CHANNELS_LAST).write(network);
    }

    /** Keeps what gradients need; writes over the rest. */
    static String toTrain(Network network, Precision precision, MemoryFormat format) {
        Computation computation =
                precision == Precision.BFLOAT16 ? Computation.TRAINING_BFLOAT16 : Computation.TRAINING;
        return new TorchScriptCode(computation, format).write(network);
    }

    /**
     * The same code, computing in another precision.
     *
     * @param served what {@link #toServe} wrote, or any other code
     * @return empty for code that does not say what it computes with
     */
    static Optional<String> inPrecision(String served, Precision precision) {
        String line = typeLine(Precision.FLOAT32);
        return served.contains(line) ? Optional.of(served.replace(line, typeLine(precision))) : Optional.empty();
    }

    private static String typeLine(Precision precision) {
        return "    " + TYPE + " = " + (precision == Precision.BFLOAT16 ? BFLOAT16 : FLOAT32) + "\n";
    }

    private enum Computation {
        TRAINING,
        TRAINING_BFLOAT16,
        SERVING
    }

    private String write(Network network) {
        code.append("class " + CLASS + "(Module):\n");
        code.append("  __parameters__ = [").append(names(network, true)).append("]\n");
        code.append("  __buffers__ = [").append(names(network, false)).append("]\n");
        network.tensors().forEach(tensor -> code.append("  " + tensor.name() + " : Tensor\n"));
        code.append("  training : bool\n");
        code.append("  def forward(self: __torch__." + CLASS + ",\n    x: Tensor) -> Tensor:\n");
        String logits = layers(network.placed(), input("x"));
        return code.append("    return " + inFloat32(logits) + "\n").toString();
    }

    private String input(String x) {
        if (computation == Computation.SERVING) {
            code.append(typeLine(Precision.FLOAT32));
        }
        return assign("torch.contiguous(" + inPrecision(x) + ", memory_format=" + format.number() + ")");
    }

    /** Writes the layers one after the other; gives the name of what comes out. */
    private String layers(List<PlacedLayer> layers, String x) {
        String out = x;
        // What came from outside may go another way round as well; nobody else reads what a layer of this list gave.
        boolean spare = false;
        for (PlacedLayer layer : layers) {
            out = assign(layer.layer() instanceof Residual ? residual(layer, out) : call(layer, out, spare));
            spare = isSpare(layer);
        }
        return out;
    }

    private String residual(PlacedLayer layer, String x) {
        String change = layers(layer.body(), x);
        PlacedLayer last = layer.body().get(layer.body().size() - 1);
        return "torch.%s(%s, %s)".formatted(inPlace("add", isSpare(last)), change, x);
    }

    /** Whether what a layer gives may be written over: the gradient of a ReLU follows from what it gave. */
    private boolean isSpare(PlacedLayer giver) {
        return computation == Computation.SERVING || !(giver.layer() instanceof Relu);
    }

    private String assign(String expression) {
        String name = "x" + values++;
        code.append("    " + name + " = " + expression + "\n");
        return name;
    }

    private static String names(Network network, boolean trainable) {
        return network.tensors().stream()
                .filter(tensor -> tensor.initial().trainable() == trainable)
                .map(TensorSpec::name)
                .map(name -> "\"" + name + "\", ")
                .collect(joining());
    }

    private String call(PlacedLayer placed, String x, boolean spare) {
        Layer layer = placed.layer();
        String self = "self." + placed.name();
        if (layer instanceof Conv2d conv) {
            String bias = conv.bias() ? inPrecision(self + "_bias") : "None";
            return "torch.conv2d(%s, %s, %s, %s, %s, [1, 1], 1)"
                    .formatted(x, inPrecision(self + "_weight"), bias, pair(conv.stride()), pair(conv.padding()));
        } else if (layer instanceof BatchNorm) {
            return "torch.batch_norm(%s, %s_gamma, %s_beta, %s_running_mean, %s_running_var, self.training, %s, %s, False)"
                    .formatted(x, self, self, self, self, number(BatchNorm.MOMENTUM), number(BatchNorm.EPSILON));
        } else if (layer instanceof Relu) {
            return "torch.%s(%s)".formatted(inPlace("relu", spare), x);
        } else if (layer instanceof MaxPool pool) {
            return "torch.max_pool2d(%s, %s, %s, [0, 0], [1, 1], False)"
                    .formatted(x, pair(pool.window()), pair(pool.window()));
        } else if (layer instanceof GlobalAveragePool) {
            return "torch.mean(%s, [2, 3])".formatted(x);
        } else if (layer instanceof Linear) {
            return "torch.linear(%s, %s, %s)".formatted(x, inPrecision(self + "_weight"), inPrecision(self + "_bias"));
        }
        throw new AssertionError("no TorchScript for " + layer);
    }

    /** Saves an allocation and a way through memory. */
    private static String inPlace(String operation, boolean spare) {
        return spare ? operation + "_" : operation;
    }

    private String inPrecision(String tensor) {
        return switch (computation) {
            case TRAINING -> tensor;
            case TRAINING_BFLOAT16 -> to(tensor, BFLOAT16);
            case SERVING -> to(tensor, TYPE);
        };
    }

    private String inFloat32(String tensor) {
        return computation == Computation.TRAINING ? tensor : to(tensor, FLOAT32);
    }

    /** The same tensor where it has that type. */
    private static String to(String tensor, String type) {
        return "torch.to(%s, %s)".formatted(tensor, type);
    }

    private static String pair(int value) {
        return "[" + value + ", " + value + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.16e", value);
    }
}
