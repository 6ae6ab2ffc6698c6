package dev.hemline.trainer.training;

import dev.hemline.model.network.Weights;

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
        mean = mean.towards(weights, (float) Math.max(RATE, 2.0 / (count + 1)));
    }

    /** The average. */
    Weights value() {
        return mean;
    }

    /** How many additions led to it. */
    int count() {
        return count;
    }
}
