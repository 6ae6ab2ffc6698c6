package dev.hemline.trainer.training;

import dev.hemline.model.archive.Precision;

/** Recipes for trainings of seconds. */
final class TestRecipes {
    private TestRecipes() {}

    static Recipe tiny(int epochs, int batchSize) {
        return tiny(epochs, batchSize, 0, 0);
    }

    static Recipe tiny(int epochs, int batchSize, int validateEvery, int validationImages) {
        return RecipeBuilder.builder()
                .network("tiny")
                .epochs(epochs)
                .batchSize(batchSize)
                .optimization(new Optimization(Optimizer.ADAMW, 0.004, 50, 0.01, 0, 0))
                .augmentation(new Augmentation(true, 2, 0, 0))
                .precision(Precision.FLOAT32)
                .seed(1)
                .validateEvery(validateEvery)
                .validationImages(validationImages)
                .build();
    }

    /** A recipe of few, small steps, whose network is taught. */
    static Recipe taught(int epochs, Distillation distillation) {
        return tiny(epochs, 50).withDistillation(distillation);
    }

    static Recipe with(Optimization optimization, Augmentation augmentation, Precision precision, int patience) {
        return tiny(3, 100)
                .with()
                .optimization(optimization)
                .augmentation(augmentation)
                .precision(precision)
                .patience(patience)
                .seed(7)
                .build();
    }
}
