package dev.hemline.trainer;

import dev.hemline.insight.page.Figures;
import dev.hemline.trainer.training.Augmentation;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.Optimization;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a network came about, as a manifest tells it to people. */
final class RecipeStory {
    private RecipeStory() {}

    /** Name and value of everything that the recipe decides, and how far it was followed; the map is the caller's. */
    static Map<String, String> of(Recipe recipe, ServingModel model, int epoch, long imagesSeen) {
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
        story.put("epoch", epoch + " of " + recipe.epochs());
        story.put("imagesSeen", Long.toString(imagesSeen));
        model.temperature().tell(story);
        return story;
    }

    private static String optimizer(Optimization optimization) {
        return optimization.optimizer().title() + ", weight decay " + optimization.weightDecay();
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
                + Figures.percent(augmentation.erase()) + " with a rectangle erased";
    }
}
