package dev.hemline.trainer.training;

/**
 * How each batch changes the weights.
 *
 * @param optimizer the rule
 * @param maxLearningRate the top of the one-cycle schedule, above 0 and at most 1
 * @param warmUpSteps steps in which the learning rate rises to its top, at least 1; never more than a tenth of all
 * @param weightDecay share by which weights shrink per step at learning rate 1, 0 to 1; norms and biases keep theirs
 * @param labelSmoothing share of each label that is spread over all classes, 0 to 0.5, so that no answer is ever certain
 * @param clipNorm longest gradient, over all parameters together; longer ones are shortened; 0 for no limit
 */
public record Optimization(
        Optimizer optimizer,
        double maxLearningRate,
        int warmUpSteps,
        double weightDecay,
        double labelSmoothing,
        double clipNorm) {

    public Optimization {
        Recipe.require(
                maxLearningRate > 0 && maxLearningRate <= 1,
                "--learning-rate is above 0 and at most 1, not " + maxLearningRate);
        Recipe.require(warmUpSteps >= 1, "--warm-up is 1 or more, not " + warmUpSteps);
        Recipe.require(weightDecay >= 0 && weightDecay <= 1, "--weight-decay is 0 to 1, not " + weightDecay);
        Recipe.require(
                labelSmoothing >= 0 && labelSmoothing <= 0.5, "--label-smoothing is 0 to 0.5, not " + labelSmoothing);
        Recipe.require(clipNorm >= 0, "--clip-norm is 0 (no limit) or more, not " + clipNorm);
    }
}
