package dev.hemline.benchmarks.refresh;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.Refresh;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import java.util.Locale;

/** What can be done when pictures have changed. */
enum Variant {
    /** What the product does, before anything is given up for what may be forgotten. */
    HEMLINE {
        @Override
        ServingModel trained(Case given) {
            return refreshed(given, given.recent());
        }
    },
    /** The same where the change cannot be explained: labels, and those that the network gives by itself. */
    UNEXPLAINED {
        @Override
        ServingModel trained(Case given) {
            return refreshed(given, given.recent().first(MOST_UNEXPLAINED));
        }
    },
    /** Labelled traffic and images of before, as a refresh is usually made. */
    LABELS_ALONE {
        @Override
        ServingModel trained(Case given) {
            return run(alone(given.recipe()), task(given, given.anchor(), given.labelled()));
        }
    },
    /** Labelled traffic and nothing else. */
    WITHOUT_ANCHOR {
        @Override
        ServingModel trained(Case given) {
            return run(alone(given.recipe()), task(given, given.labelled(), given.labelled()));
        }
    },
    /** Some epochs of a training from nothing, with labelled traffic among the images. */
    FROM_NOTHING {
        @Override
        ServingModel trained(Case given) {
            Recipe recipe = Recipes.of(given.recipe().network())
                    .with()
                    .epochs(given.epochsFromNothing())
                    .seed(given.recipe().seed())
                    .build();
            LabelledImages all = LabelledImages.concat(given.anchor(), given.labelled());
            return run(recipe, TrainingTask.anew(recipe, all, given.heldOut()));
        }
    };

    private static final int STEPS = 300;
    /** Below that, nobody looks for what explains it. */
    private static final int MOST_UNEXPLAINED = 199;

    /** What there is to learn from. */
    record Case(
            ChosenModel model,
            Folded served,
            Recipe recipe,
            LabelledImages anchor,
            LabelledImages labelled,
            LabelledImages recent,
            LabelledImages heldOut,
            int epochsFromNothing) {}

    abstract ServingModel trained(Case given);

    private static ServingModel refreshed(Case given, LabelledImages recent) {
        return new Refresh(
                        given.recipe(),
                        given.served(),
                        given.model().input(),
                        given.anchor(),
                        given.labelled(),
                        recent,
                        given.heldOut())
                .run(new TrainingListener() {}, () -> false)
                .orElseThrow()
                .at(1);
    }

    private static TrainingTask task(Case given, LabelledImages anchor, LabelledImages traffic) {
        return TrainingTask.refresh(
                given.recipe(), given.served(), given.model().input(), anchor, traffic, STEPS, given.heldOut());
    }

    /** Nobody reminds it. */
    private static Recipe alone(Recipe recipe) {
        return recipe.with().distillation(null).build();
    }

    private static ServingModel run(Recipe recipe, TrainingTask task) {
        return new TrainingRun(recipe, task, new TrainingListener() {}, () -> false)
                .run()
                .orElseThrow()
                .best();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
