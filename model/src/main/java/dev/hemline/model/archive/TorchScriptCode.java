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

/** A network as the serialized TorchScript that libtorch parses: one class, one {@code forward}. */
final class TorchScriptCode {
    static final String CLASS = "Net";

    /** What libtorch calls its types. */
    private static final int FLOAT32 = 6;

    private static final int BFLOAT16 = 15;

    private final Precision precision;
    private final MemoryFormat format;
    private final StringBuilder code = new StringBuilder();
    private int values;

    private TorchScriptCode(Precision precision, MemoryFormat format) {
        this.precision = precision;
        this.format = format;
    }

    static String of(Network network, Precision precision, MemoryFormat format) {
        return new TorchScriptCode(precision, format).write(network);
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
        return assign("torch.contiguous(%s, memory_format=%d)".formatted(inPrecision(x), format.number()));
    }

    /** Writes the layers one after the other; gives the name of what comes out. */
    private String layers(List<PlacedLayer> layers, String x) {
        String out = x;
        for (PlacedLayer layer : layers) {
            out = layer.layer() instanceof Residual
                    ? assign("torch.add(%s, %s)".formatted(out, layers(layer.body(), out)))
                    : assign(call(layer, out));
        }
        return out;
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

    private String call(PlacedLayer placed, String x) {
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
            return "torch.relu(%s)".formatted(x);
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

    private String inPrecision(String tensor) {
        return precision == Precision.BFLOAT16 ? "torch.to(" + tensor + ", " + BFLOAT16 + ")" : tensor;
    }

    private String inFloat32(String tensor) {
        return precision == Precision.BFLOAT16 ? "torch.to(" + tensor + ", " + FLOAT32 + ")" : tensor;
    }

    private static String pair(int value) {
        return "[" + value + ", " + value + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.16e", value);
    }
}
