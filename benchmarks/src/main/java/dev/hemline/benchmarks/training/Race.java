package dev.hemline.benchmarks.training;

import dev.hemline.fashionmnist.Split;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.training.Checkpoints;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.Validation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains until a network is good, and tells how long that took. Every validation looks at all validation images. */
final class Race implements TrainingListener {
    static final double TARGET = 0.9;
    private static final int VALIDATIONS_PER_EPOCH = 5;
    private static final double NANOS = 1e9;

    private final Recipe recipe;
    private final Network network;
    private final Split data;
    private final Consumer<Validation> progress;
    private final long begin = System.nanoTime();
    private @Nullable Validation last;
    private long lastAt;

    private Race(Recipe recipe, Network network, Split data, Consumer<Validation> progress) {
        this.recipe = recipe;
        this.network = network;
        this.data = data;
        this.progress = progress;
    }

    /** @param progress hears every validation */
    static RaceResult run(String contender, Recipe recipe, Network network, Split data, Consumer<Validation> progress) {
        Recipe racing =
                MeasuredRecipe.validatedEvery(recipe, Math.max(1, data.train().size() / VALIDATIONS_PER_EPOCH));
        var race = new Race(racing, network, data, progress);
        race.train();
        return race.result(contender);
    }

    private void train() {
        new TrainingRun(
                        recipe,
                        network,
                        data.train(),
                        data.validation(),
                        Weights.initial(network, recipe.seed()),
                        this,
                        Checkpoints.none(),
                        this::isWon)
                .run();
    }

    @Override
    public void validated(Validation validation, ServingModel model) {
        if (!isWon()) {
            last = validation;
            lastAt = System.nanoTime();
            progress.accept(validation);
        }
    }

    private boolean isWon() {
        return last != null && last.accuracy() >= TARGET;
    }

    private RaceResult result(String contender) {
        if (last == null) {
            throw new IllegalStateException("a training ended without a validation");
        }
        return new RaceResult(
                contender,
                TARGET,
                isWon(),
                (lastAt - begin) / NANOS,
                last.imagesSeen(),
                (double) last.imagesSeen() / data.train().size(),
                last.accuracy(),
                last.images());
    }
}
