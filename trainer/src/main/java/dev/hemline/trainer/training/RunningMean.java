package dev.hemline.trainer.training;

/** A mean that forgets: each value weighs a little more than the one before. */
final class RunningMean {
    private final double forgetting;
    private double weightedSum;
    private double weight;

    /** @param forgetting share of the past that each new value displaces, above 0 and at most 1 */
    RunningMean(double forgetting) {
        this.forgetting = forgetting;
    }

    void add(double value) {
        weightedSum = weightedSum * (1 - forgetting) + value;
        weight = weight * (1 - forgetting) + 1;
    }

    /** NaN before the first value. */
    double value() {
        return weightedSum / weight;
    }
}
