package dev.hemline.trainer.training;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.TensorSpec;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.Probabilities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network's logits are divided by, so that it is as sure as it is often right (Guo and others, 2017). A network that
 * learnt from smoothed labels is more often right than it says, one that learnt its images by heart less often. Which class is
 * most likely stays as it is, and serving costs nothing: the last layer's weights are divided instead.
 *
 * @param value below 1 for a network that is too modest, above 1 for one that is too sure
 */
public record Temperature(double value) {
    /** Leaves logits as they are. */
    public static final Temperature NONE = new Temperature(1);

    /** What a manifest calls it, among all that it tells about the training. */
    private static final String NAME = "temperature";

    private static final double LOWEST = 0.25;
    private static final double HIGHEST = 4;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    /** In the logarithm; a thousandth is written down, and finer differences are noise. */
    private static final double CLOSE_ENOUGH = 1e-4;

    private static final double THOUSAND = 1000;

    public Temperature {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("a temperature is above 0, not " + value);
        }
    }

    /**
     * That of a trained model; 1 if nothing is told.
     *
     * @param training what its manifest tells about it
     * @throws IllegalArgumentException if what is told is no temperature
     */
    public static Temperature of(Map<String, String> training) {
        String told = training.get(NAME);
        try {
            return told == null ? NONE : new Temperature(Double.parseDouble(told));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a temperature is a number above 0, not '" + told + "'", e);
        }
    }

    /** Adds it to what a manifest is to tell. */
    public void tell(Map<String, String> training) {
        training.put(NAME, Double.toString(value));
    }

    /** What the network itself would have answered where this is what was served. */
    public float[] takenBack(float[] probabilities) {
        return value == 1 ? probabilities : Probabilities.tempered(probabilities, 1 / value);
    }

    /**
     * The temperature from 0.25 to 4 at which answers are least surprised by the truth, to a thousandth. Found by
     * golden-section search, which is safe here: the loss has one minimum.
     *
     * @param answers to images that were not learnt from
     */
    static Temperature fitting(Answers answers) {
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        while (high - low > CLOSE_ENOUGH) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(answers, left) < loss(answers, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return new Temperature(Math.round(THOUSAND * Math.exp((low + high) / 2)) / THOUSAND);
    }

    /**
     * Weights of a network whose logits are those of the given ones, divided.
     *
     * @param network that ends with a linear layer
     */
    Weights dividing(Network network, Weights weights) {
        List<PlacedLayer> layers = network.placed();
        PlacedLayer last = layers.get(layers.size() - 1);
        if (!(last.layer() instanceof Linear)) {
            throw new IllegalArgumentException("logits are divided by a linear layer, and network " + network.name()
                    + " ends with " + last.name());
        }
        Map<String, Tensor> divided = new LinkedHashMap<>(weights.tensors());
        for (TensorSpec spec : last.tensors()) {
            divided.computeIfPresent(spec.name(), (name, tensor) -> divided(tensor));
        }
        return new Weights(divided);
    }

    private Tensor divided(Tensor tensor) {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] / value);
        }
        return tensor.withValues(values);
    }

    private static double loss(Answers answers, double logarithm) {
        return answers.tempered(Math.exp(logarithm)).loss();
    }
}
