package dev.hemline.benchmarks.training;

import dev.hemline.model.archive.Precision;
import dev.hemline.trainer.training.Recipe;

/** A network's own recipe, changed in nothing but what a measurement needs. */
final class MeasuredRecipe {
    private static final int NEVER = 0;
    private static final int AFTER_EACH_EPOCH = 0;
    private static final int ALL = 0;

    /** The most that a recipe may have. */
    private static final int ENDLESS = 10_000;

    private MeasuredRecipe() {}

    /** The same with as many images per step. */
    static Recipe withBatchSize(Recipe own, int batchSize) {
        return new Recipe(
                own.network(),
                own.epochs(),
                batchSize,
                own.optimization(),
                own.augmentation(),
                own.precision(),
                own.patience(),
                own.seed(),
                own.validateEvery(),
                own.validationImages(),
                own.distillation());
    }

    /** The same in that precision and without an end, which the clock sets. */
    static Recipe endless(Recipe own, Precision precision) {
        return new Recipe(
                own.network(),
                ENDLESS,
                own.batchSize(),
                own.optimization(),
                own.augmentation(),
                precision,
                NEVER,
                own.seed(),
                AFTER_EACH_EPOCH,
                ALL,
                own.distillation());
    }

    /** The same, validated on all validation images whenever it has learnt from that many images. */
    static Recipe validatedEvery(Recipe own, int images) {
        return new Recipe(
                own.network(),
                own.epochs(),
                own.batchSize(),
                own.optimization(),
                own.augmentation(),
                own.precision(),
                own.patience(),
                own.seed(),
                images,
                ALL,
                own.distillation());
    }
}
