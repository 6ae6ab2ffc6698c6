package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.network.Networks;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.UserError;
import dev.hemline.topic.ModelKey;
import dev.hemline.trainer.training.Recipe;
import java.util.List;
import java.util.Optional;

/**
 * What to train, checked.
 *
 * @param modelName name that versions are published under
 * @param recipe how to train
 * @param teachers those of whom the recipe tells, each described by a manifest
 * @param threads of libtorch, at least 1
 * @param limit training images to use, 0 for all
 * @param data which images to train on
 * @param signingKey signs every version; empty for unsigned ones
 */
record TrainingSettings(
        String modelName,
        Recipe recipe,
        List<ChosenModel> teachers,
        int threads,
        int limit,
        DataOptions data,
        Optional<SigningKey> signingKey) {
    TrainingSettings {
        teachers = List.copyOf(teachers);
        require(
                ModelKey.NAME.matcher(modelName).matches(),
                "--model-name is lower-case letters, digits and hyphens, not '" + modelName + "'");
        Networks.requireKnown(recipe.network());
        require(threads >= 1 && threads <= 1024, "--threads is 1 to 1024, not " + threads);
        require(
                limit == 0 || limit >= recipe.batchSize(),
                "--limit is 0 (all images) or at least the --batch-size of " + recipe.batchSize() + ", not " + limit);
    }

    /**
     * The images to learn from, to validate and to test with.
     *
     * @throws UserError if they cannot be had, or a teacher knows others
     */
    Split split() {
        Split split = data.split();
        teachers.forEach(teacher -> teacher.requireFit(split.train()));
        return new Split(limited(split.train()), split.validation(), split.test());
    }

    /**
     * All images that are not for the test.
     *
     * @throws UserError if they cannot be had
     */
    LabelledImages notForTest() {
        return limited(data.load().train());
    }

    private LabelledImages limited(LabelledImages images) {
        return limit == 0 ? images : images.first(limit);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
