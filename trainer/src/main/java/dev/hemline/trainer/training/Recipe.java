package dev.hemline.trainer.training;

/**
 * How to train; with the same recipe, data and one thread, training gives the same weights.
 *
 * @param network name of the network, as {@link dev.hemline.model.network.Networks} knows it
 * @param epochs how often to go through the training images, at least 1
 * @param batchSize images per step of the optimizer, at least 2, because batch norm needs company
 * @param maxLearningRate the top of the one-cycle schedule, above 0 and at most 1
 * @param weightDecay share by which weights shrink per step at learning rate 1, 0 to 1
 * @param seed of initial weights, shuffling and augmentation
 * @param validateEvery images between validations within an epoch, 0 for validation after each epoch only
 * @param validationImages how many images validations within an epoch look at, 0 for all
 */
public record Recipe(
        String network,
        int epochs,
        int batchSize,
        double maxLearningRate,
        double weightDecay,
        long seed,
        int validateEvery,
        int validationImages) {

    public Recipe {
        require(epochs >= 1 && epochs <= 10_000, "--epochs is 1 to 10000, not " + epochs);
        require(batchSize >= 2 && batchSize <= 4096, "--batch-size is 2 to 4096, not " + batchSize);
        require(
                maxLearningRate > 0 && maxLearningRate <= 1,
                "--learning-rate is above 0 and at most 1, not " + maxLearningRate);
        require(weightDecay >= 0 && weightDecay <= 1, "--weight-decay is 0 to 1, not " + weightDecay);
        require(validateEvery >= 0, "--validate-every is 0 or more, not " + validateEvery);
        require(validationImages >= 0, "--validation-images is 0 (all) or more, not " + validationImages);
    }

    /** The same recipe with another seed. */
    public Recipe withSeed(long other) {
        return new Recipe(
                network, epochs, batchSize, maxLearningRate, weightDecay, other, validateEvery, validationImages);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
