package dev.hemline.trainer.training;

import dev.hemline.model.archive.Precision;
import dev.hemline.trainer.training.Optimization.Optimizer;

/** Recipes for trainings of seconds. */
final class TestRecipes {
    private TestRecipes() {}

    static Recipe tiny(int epochs, int batchSize) {
        return tiny(epochs, batchSize, 0, 0);
    }

    static Recipe tiny(int epochs, int batchSize, int validateEvery, int validationImages) {
        return new Recipe(
                "tiny",
                epochs,
                batchSize,
                new Optimization(Optimizer.ADAMW, 0.004, 50, 0.01, 0, 0),
                new Augmentation(true, 2, 0, 0),
                Precision.FLOAT32,
                0,
                1,
                validateEvery,
                validationImages);
    }

    /** A recipe of few, small steps, whose network is taught. */
    static Recipe taught(int epochs, Distillation distillation) {
        Recipe own = tiny(epochs, 50);
        return new Recipe(
                own.network(),
                epochs,
                own.batchSize(),
                own.optimization(),
                own.augmentation(),
                Precision.FLOAT32,
                own.patience(),
                own.seed(),
                own.validateEvery(),
                own.validationImages(),
                distillation);
    }

    static Recipe with(Optimization optimization, Augmentation augmentation, Precision precision, int patience) {
        return new Recipe("tiny", 3, 100, optimization, augmentation, precision, patience, 7, 0, 0);
    }
}
