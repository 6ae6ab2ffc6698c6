package dev.hemline.trainer.report;

import dev.hemline.insight.page.Figures;
import dev.hemline.trainer.training.Augmentation;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.Optimization;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Temperature;
import dev.hemline.trainer.training.TrainingHistory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A recipe in rows that a person reads. */
final class RecipeTable {
    private RecipeTable() {}

    /** One line of the table. */
    record Row(String name, String value) {}

    static List<Row> of(TrainingHistory history, Optional<Temperature> temperature) {
        Recipe recipe = history.recipe();
        Optimization optimization = recipe.optimization();
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("Network", recipe.network() + ", " + Figures.count(history.parameters()) + " parameters"));
        rows.add(new Row("Learnt from", Figures.count(history.trainImages()) + " images"));
        rows.add(new Row("Chosen by", Figures.count(history.validationImages()) + " images held out"));
        temperature.ifPresent(by -> rows.add(
                new Row("Confidence", "logits divided by " + plain(by.value()) + ", as the images held out say")));
        rows.add(new Row("Epochs", history.epochs().size() + " of " + recipe.epochs() + patience(recipe)));
        rows.add(new Row("Batch", recipe.batchSize() + " images"));
        rows.add(new Row("Optimizer", optimizer(optimization)));
        rows.add(new Row(
                "Learning rate",
                "one cycle up to " + plain(optimization.maxLearningRate()) + ", warm-up of "
                        + optimization.warmUpSteps() + " steps"));
        rows.add(new Row("Label smoothing", Figures.shortPercent(optimization.labelSmoothing())));
        if (recipe.distillation() != null) {
            rows.add(new Row("Taught by", teachers(recipe.distillation())));
        }
        rows.add(new Row("Augmentation", augmentation(recipe.augmentation())));
        rows.add(new Row("Computed in", recipe.precision().name().toLowerCase(Locale.ROOT)));
        rows.add(new Row("Seed", recipe.seed() + ", " + repeatability(history)));
        return rows;
    }

    private static String patience(Recipe recipe) {
        return recipe.patience() == 0 ? "" : ", ended early after " + recipe.patience() + " without gain";
    }

    private static String optimizer(Optimization optimization) {
        return optimization.optimizer().title() + ", weight decay " + plain(optimization.weightDecay())
                + (optimization.clipNorm() > 0 ? ", gradients clipped at " + optimization.clipNorm() : "");
    }

    /** 0.0005, which Java would write 5.0E-4. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String teachers(Distillation distillation) {
        return distillation.teachers().stream()
                .map(teacher -> String.format("%s (SHA-256 %.12s…)", teacher.network(), teacher.sha256()))
                .collect(Collectors.joining(
                        " and ", "", ", with a weight of " + Figures.shortPercent(distillation.weight())));
    }

    private static String augmentation(Augmentation augmentation) {
        List<String> parts = new ArrayList<>();
        if (augmentation.mirror()) {
            parts.add("mirrored as often as not");
        }
        if (augmentation.shift() > 0) {
            parts.add("moved by up to " + augmentation.shift() + " pixels");
        }
        if (augmentation.rotate() > 0) {
            parts.add("turned by up to " + plain(augmentation.rotate()) + " degrees");
        }
        if (augmentation.erase() > 0) {
            parts.add("a rectangle erased in " + Figures.shortPercent(augmentation.erase()));
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private static String repeatability(TrainingHistory history) {
        String threads = history.threads() == 1 ? "one thread" : history.threads() + " threads";
        return threads
                + (history.isRepeatable()
                        ? ": the same command gives the same weights, bit for bit"
                        : " that share operations: repeats closely, not bit for bit");
    }
}
