package dev.hemline.benchmarks.refresh;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.chart.ChartColour;
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
import java.util.stream.IntStream;

/** What can be done when pictures have changed. */
enum Variant {
    /** What the product does, before anything is given up for what may be forgotten. */
    HEMLINE(ChartColour.FIRST) {
        @Override
        Version trained(Case given) {
            return refreshed(given, given.recent());
        }
    },
    /** The same where the change cannot be explained: labels, and those that the network gives by itself. */
    UNEXPLAINED(ChartColour.FOURTH) {
        @Override
        Version trained(Case given) {
            return refreshed(given, given.unlabelled(MOST_UNEXPLAINED));
        }
    },
    /** Labelled traffic and images of before, as a refresh is usually made. */
    LABELS_ALONE(ChartColour.SECOND) {
        @Override
        Version trained(Case given) {
            return run(alone(given.recipe()), task(given, given.anchor(), given.labelled()));
        }
    },
    /** Labelled traffic and nothing else. */
    WITHOUT_ANCHOR(ChartColour.THIRD) {
        @Override
        Version trained(Case given) {
            return run(alone(given.recipe()), task(given, given.labelled(), given.labelled()));
        }
    },
    /** Some epochs of a training from nothing, with labelled traffic among the images. */
    FROM_NOTHING(ChartColour.INK) {
        @Override
        Version trained(Case given) {
            Recipe recipe = Recipes.of(given.recipe().network())
                    .with()
                    .epochs(given.epochsFromNothing())
                    .seed(given.recipe().seed())
                    .build();
            LabelledImages all = LabelledImages.concat(given.anchor(), given.labelled());
            return run(recipe, TrainingTask.anew(recipe, all, given.heldOut()));
        }
    },
    /** What served before serves on. */
    NONE(ChartColour.MUTED) {
        @Override
        Version trained(Case given) {
            return Version.of(given.model());
        }
    };

    private static final int STEPS = 300;
    /** Below that, nobody looks for what explains it. */
    private static final int MOST_UNEXPLAINED = 199;

    private final ChartColour colour;

    Variant(ChartColour colour) {
        this.colour = colour;
    }

    /** What there is to learn from. */
    record Case(
            ChosenModel model,
            Folded served,
            Recipe recipe,
            LabelledImages anchor,
            LabelledImages labelled,
            LabelledImages recent,
            LabelledImages heldOut,
            int epochsFromNothing) {
        /** The first of the recent ones that nobody has labelled. */
        LabelledImages unlabelled(int most) {
            int first = labelled.size();
            return recent.select(IntStream.range(first, Math.min(recent.size(), first + most))
                    .toArray());
        }
    }

    /** Of its curve. */
    ChartColour colour() {
        return colour;
    }

    /** Trains, and returns when that is over. */
    abstract Version trained(Case given);

    private static Version refreshed(Case given, LabelledImages recent) {
        ServingModel refreshed = new Refresh(
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
        return refreshed::answers;
    }

    private static TrainingTask task(Case given, LabelledImages anchor, LabelledImages traffic) {
        return TrainingTask.refresh(
                given.recipe(), given.served(), given.model().input(), anchor, traffic, STEPS, given.heldOut());
    }

    /** Nobody reminds it. */
    private static Recipe alone(Recipe recipe) {
        return recipe.with().distillation(null).build();
    }

    private static Version run(Recipe recipe, TrainingTask task) {
        ServingModel best = new TrainingRun(recipe, task, new TrainingListener() {}, () -> false)
                .run()
                .orElseThrow()
                .best();
        return best::answers;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
