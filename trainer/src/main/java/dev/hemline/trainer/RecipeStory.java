package dev.hemline.trainer;

import dev.hemline.trainer.training.Augmentation;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.Optimization;
import dev.hemline.trainer.training.Recipe;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A recipe as a manifest tells it to people. */
record RecipeStory(Recipe recipe) {

    /** Name and value of everything that the recipe decides; the map is the caller's. */
    Map<String, String> told() {
        Map<String, String> story = new TreeMap<>();
        story.put("batchSize", Integer.toString(recipe.batchSize()));
        story.put("optimizer", optimizer(recipe.optimization()));
        story.put("learningRate", "one cycle up to " + recipe.optimization().maxLearningRate());
        story.put("labelSmoothing", Double.toString(recipe.optimization().labelSmoothing()));
        story.put("augmentation", augmentation(recipe.augmentation()));
        story.put("precision", recipe.precision().name().toLowerCase(Locale.ROOT));
        if (recipe.distillation() != null) {
            story.put("teacher", teachers(recipe.distillation()));
        }
        story.put("seed", Long.toString(recipe.seed()));
        return story;
    }

    private static String optimizer(Optimization optimization) {
        String name = switch (optimization.optimizer()) {
            case ADAMW -> "AdamW";
            case SGD -> "SGD with Nesterov momentum";
        };
        return name + ", weight decay " + optimization.weightDecay();
    }

    private static String teachers(Distillation distillation) {
        return distillation.teachers().stream()
                .map(teacher -> teacher.network() + " with SHA-256 " + teacher.sha256())
                .collect(Collectors.joining(", ", "", ", weight " + distillation.weight()));
    }

    private static String augmentation(Augmentation augmentation) {
        return (augmentation.mirror() ? "horizontal flip, " : "")
                + "shift by up to " + augmentation.shift() + " pixels, "
                + (augmentation.rotate() > 0 ? "rotation by up to " + augmentation.rotate() + " degrees, " : "")
                + Percent.of(augmentation.erase()) + " with a rectangle erased";
    }
}
