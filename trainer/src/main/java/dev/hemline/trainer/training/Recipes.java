package dev.hemline.trainer.training;

import dev.hemline.trainer.training.Optimization.Optimizer;

/** The recipe that each network is trained with unless people choose; docs/training.md has what was measured. */
public final class Recipes {
    private static final int BATCH_SIZE = 128;
    private static final long SEED = 1;

    private Recipes() {}

    /** The recipe for that network; for one that has none of its own, the one for {@code tiny}. */
    public static Recipe of(String network) {
        return switch (network) {
            case "large" -> recipe(network, 22, sgd(0.1, 1000), new Augmentation(true, 2, 0, 0.5));
            case "base" -> recipe(network, 30, sgd(0.1, 1000), new Augmentation(true, 2, 0, 0.25));
            default -> recipe(network, 40, sgd(0.15, 500), new Augmentation(true, 2, 0, 0));
        };
    }

    private static Optimization sgd(double learningRate, int warmUpSteps) {
        return new Optimization(Optimizer.SGD, learningRate, warmUpSteps, 5e-4, 0.1, 0);
    }

    private static Recipe recipe(String network, int epochs, Optimization optimization, Augmentation augmentation) {
        return RecipeBuilder.builder()
                .network(network)
                .epochs(epochs)
                .batchSize(BATCH_SIZE)
                .optimization(optimization)
                .augmentation(augmentation)
                .precision(Processor.fastestPrecision())
                .seed(SEED)
                .build();
    }
}
