package dev.hemline.trainer.training;

import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A moving average of a network's weights while it learns. The network itself jumps about with every large step; the
 * average lies where it jumps around, and is better by several points of accuracy until the learning rate falls.
 */
final class EmaWeights {
    /** Share of the average that each addition replaces. */
    private static final double RATE = 0.2;

    private Weights mean;
    private int count;

    /**
     * @param start the value so far
     * @param count how many additions led to it; a start that none led to is forgotten at once
     */
    EmaWeights(Weights start, int count) {
        this.mean = start;
        this.count = count;
    }

    /** Moves towards these weights; further at first, because a young network learns fast. */
    void add(Weights weights) {
        count++;
        float step = (float) Math.max(RATE, 2.0 / (count + 1));
        Map<String, Tensor> moved = new LinkedHashMap<>();
        mean.tensors().forEach((name, tensor) -> moved.put(name, moved(tensor, weights.get(name), step)));
        mean = new Weights(moved);
    }

    /** The average. */
    Weights value() {
        return mean;
    }

    /** How many additions led to it. */
    int count() {
        return count;
    }

    private static Tensor moved(Tensor from, Tensor towards, float step) {
        float[] values = from.values();
        float[] others = towards.values();
        for (int i = 0; i < values.length; i++) {
            values[i] += (others[i] - values[i]) * step;
        }
        return from.withValues(values);
    }
}
