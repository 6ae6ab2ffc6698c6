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

    /** The same in that precision and without an end, which the clock sets. */
    static Recipe endless(Recipe own, Precision precision) {
        return own.with()
                .epochs(ENDLESS)
                .precision(precision)
                .patience(NEVER)
                .validateEvery(AFTER_EACH_EPOCH)
                .validationImages(ALL)
                .build();
    }

    /** The same, validated on all validation images whenever it has learnt from that many images. */
    static Recipe validatedEvery(Recipe own, int images) {
        return own.with().validateEvery(images).validationImages(ALL).build();
    }
}
