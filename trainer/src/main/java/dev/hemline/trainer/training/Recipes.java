package dev.hemline.trainer.training;

import dev.hemline.trainer.training.Optimization.Optimizer;

/** The recipe that each network learnt best with; docs/training.md has what else was tried. */
public final class Recipes {
    private static final long SEED = 1;
    private static final int NEVER = 0;
    private static final int AFTER_EACH_EPOCH = 0;
    private static final int ALL = 0;

    private Recipes() {}

    /** The recipe for that network; for one that has none of its own, the one for {@code tiny}. */
    public static Recipe of(String network) {
        return switch (network) {
            case "large" ->
                recipe(
                        network,
                        25,
                        128,
                        new Optimization(Optimizer.SGD, 0.1, 1000, 5e-4, 0.1, 0),
                        new Augmentation(true, 2, 0.5));
            case "base" ->
                recipe(
                        network,
                        25,
                        128,
                        new Optimization(Optimizer.SGD, 0.1, 1000, 5e-4, 0.1, 0),
                        new Augmentation(true, 2, 0.25));
            default ->
                recipe(
                        network,
                        10,
                        32,
                        new Optimization(Optimizer.ADAMW, 0.003, 50, 0.01, 0, 0),
                        new Augmentation(true, 2, 0));
        };
    }

    private static Recipe recipe(
            String network, int epochs, int batchSize, Optimization optimization, Augmentation augmentation) {
        return new Recipe(
                network,
                epochs,
                batchSize,
                optimization,
                augmentation,
                Processor.fastestPrecision(),
                NEVER,
                SEED,
                AFTER_EACH_EPOCH,
                ALL);
    }
}
