package dev.hemline.model.archive;

import static java.util.stream.Collectors.joining;

import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.TensorSpec;
import java.util.List;
import java.util.Locale;

/** A network as the serialized TorchScript that libtorch parses: one class, one {@code forward}. */
final class TorchScriptCode {
    static final String CLASS = "Net";

    /** What {@code memory_format=2} means to libtorch; convolutions on CPUs are about 1.5 times as fast in it. */
    private static final int CHANNELS_LAST = 2;

    private TorchScriptCode() {}

    static String of(Network network) {
        StringBuilder code = new StringBuilder("class " + CLASS + "(Module):\n");
        code.append("  __parameters__ = [").append(names(network, true)).append("]\n");
        code.append("  __buffers__ = [").append(names(network, false)).append("]\n");
        network.tensors().forEach(tensor -> code.append("  " + tensor.name() + " : Tensor\n"));
        code.append("  training : bool\n");
        code.append("  def forward(self: __torch__." + CLASS + ",\n    x: Tensor) -> Tensor:\n");
        code.append("    x0 = torch.contiguous(x, memory_format=" + CHANNELS_LAST + ")\n");
        List<PlacedLayer> layers = network.placed();
        for (int i = 0; i < layers.size(); i++) {
            code.append("    x" + (i + 1) + " = " + call(layers.get(i), "x" + i) + "\n");
        }
        return code.append("    return x" + layers.size() + "\n").toString();
    }

    private static String names(Network network, boolean trainable) {
        return network.tensors().stream()
                .filter(tensor -> tensor.initial().trainable() == trainable)
                .map(TensorSpec::name)
                .map(name -> "\"" + name + "\", ")
                .collect(joining());
    }

    private static String call(PlacedLayer placed, String x) {
        Layer layer = placed.layer();
        String self = "self." + placed.name();
        if (layer instanceof Conv2d conv) {
            String bias = conv.bias() ? self + "_bias" : "None";
            return "torch.conv2d(%s, %s_weight, %s, %s, %s, [1, 1], 1)"
                    .formatted(x, self, bias, pair(conv.stride()), pair(conv.padding()));
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
            return "torch.linear(%s, %s_weight, %s_bias)".formatted(x, self, self);
        }
        throw new AssertionError("no TorchScript for " + layer);
    }

    private static String pair(int value) {
        return "[" + value + ", " + value + "]";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.16e", value);
    }
}
