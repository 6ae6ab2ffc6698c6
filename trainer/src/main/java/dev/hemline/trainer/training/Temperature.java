package dev.hemline.trainer.training;

import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.TensorSpec;
import dev.hemline.model.network.Weights;
import dev.hemline.model.reference.Calibration;
import dev.hemline.model.serving.Probabilities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a network's logits are divided by, so that it is as sure as it is often right (Guo and others, 2017). A network that
 * learnt from smoothed labels is more often right than it says, one that learnt its images by heart less often. Which class
 * is most likely stays as it is, and serving costs nothing: the last layer's weights are divided instead.
 *
 * @param value above 0; below 1 for a network that is too modest, above 1 for one that is too sure
 */
public record Temperature(double value) {
    /** Leaves logits as they are. */
    public static final Temperature NONE = new Temperature(1);

    public Temperature {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("a temperature is above 0, not " + value);
        }
    }

    /**
     * That of a trained model; empty if nothing is told, as by models that were never calibrated.
     *
     * @param training what its manifest tells about it
     * @throws IllegalArgumentException if what is told is no temperature
     */
    public static Optional<Temperature> of(Map<String, String> training) {
        String told = training.get(Calibration.TEMPERATURE);
        try {
            return Optional.ofNullable(told).map(Double::valueOf).map(Temperature::new);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a temperature is a number above 0, not '" + told + "'", e);
        }
    }

    /** Adds it to what a manifest is to tell. */
    public void tell(Map<String, String> training) {
        training.put(Calibration.TEMPERATURE, Double.toString(value));
    }

    /** What the network itself would have answered where this is what was served. */
    public float[] takenBack(float[] probabilities) {
        return value == 1 ? probabilities : Probabilities.tempered(probabilities, 1 / value);
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
            divided.put(spec.name(), divided(weights.get(spec.name())));
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
}
