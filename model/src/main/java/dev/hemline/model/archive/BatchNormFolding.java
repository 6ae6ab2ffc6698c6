package dev.hemline.model.archive;

import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.Residual;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes batch norm out of a trained network. In inference it multiplies and shifts each feature map by constants, which
 * the convolution before it can do for nothing.
 */
public final class BatchNormFolding {

    /**
     * A network for inference and its weights.
     *
     * @param network without batch norm after convolutions; those convolutions have a bias
     * @param weights what fills it
     */
    public record Folded(Network network, Weights weights) {}

    private BatchNormFolding() {}

    /**
     * Folds every batch norm that follows a convolution into it.
     *
     * @throws IllegalArgumentException if the weights do not fit the network
     */
    public static Folded fold(Network network, Weights weights) {
        weights.fitting(network);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<Layer> layers = fold(network.placed(), weights, tensors);
        Network folded = new Network(network.name(), network.input(), layers);
        return new Folded(folded, new Weights(tensors).fitting(folded));
    }

    private static List<Layer> fold(List<PlacedLayer> placed, Weights weights, Map<String, Tensor> tensors) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < placed.size(); i++) {
            PlacedLayer here = placed.get(i);
            boolean normFollows = i + 1 < placed.size() && placed.get(i + 1).layer() instanceof BatchNorm;
            if (here.layer() instanceof Conv2d conv && normFollows) {
                layers.add(new Conv2d(conv.channels(), conv.kernel(), conv.stride(), true));
                foldInto(here.name(), conv, placed.get(i + 1).name(), weights, tensors);
                i++;
            } else if (here.layer() instanceof Residual) {
                layers.add(new Residual(fold(here.body(), weights, tensors)));
            } else {
                layers.add(here.layer());
                here.tensors().forEach(tensor -> tensors.put(tensor.name(), weights.get(tensor.name())));
            }
        }
        return layers;
    }

    private static void foldInto(
            String convName, Conv2d conv, String normName, Weights weights, Map<String, Tensor> tensors) {
        Tensor weight = weights.get(convName + "_weight");
        float[] kernel = weight.values();
        float[] bias = conv.bias() ? weights.get(convName + "_bias").values() : new float[conv.channels()];
        float[] gamma = weights.get(normName + "_gamma").values();
        float[] beta = weights.get(normName + "_beta").values();
        float[] mean = weights.get(normName + "_running_mean").values();
        float[] variance = weights.get(normName + "_running_var").values();
        int perChannel = kernel.length / conv.channels();
        for (int channel = 0; channel < conv.channels(); channel++) {
            double scale = gamma[channel] / Math.sqrt(variance[channel] + BatchNorm.EPSILON);
            for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
                kernel[i] = (float) (kernel[i] * scale);
            }
            bias[channel] = (float) (beta[channel] + (bias[channel] - mean[channel]) * scale);
        }
        tensors.put(convName + "_weight", Tensor.parameter(weight.shape(), kernel));
        tensors.put(convName + "_bias", Tensor.parameter(List.of(conv.channels()), bias));
    }
}
