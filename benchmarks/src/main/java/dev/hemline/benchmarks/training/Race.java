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
    private static final double TARGET = 0.9;
    private static final int VALIDATIONS_PER_EPOCH = 5;
    private static final int ALL = 0;
    private static final double NANOS = 1e9;

    private final Consumer<Validation> progress;
    private final long begin = System.nanoTime();
    private @Nullable Validation last;
    private long lastAt;

    private Race(Consumer<Validation> progress) {
        this.progress = progress;
    }

    /**
     * How soon a network learns.
     *
     * @param contender who ran
     * @param target share of the validation images that was to be right
     * @param reached whether it came to that before the recipe's end
     * @param seconds from the first weights in memory to the validation that found it out, earlier validations included
     * @param imagesSeen images trained on until then
     * @param epochs those images in passes over all there are
     * @param accuracy share of right answers in that validation
     * @param validationImages how many there were
     */
    record Result(
            String contender,
            double target,
            boolean reached,
            double seconds,
            long imagesSeen,
            double epochs,
            double accuracy,
            int validationImages) {}

    /** @param progress hears every validation */
    static Result run(String contender, Recipe recipe, Network network, Split data, Consumer<Validation> progress) {
        int images = data.train().size();
        Recipe racing = recipe.with()
                .validateEvery(Math.max(1, images / VALIDATIONS_PER_EPOCH))
                .validationImages(ALL)
                .build();
        var race = new Race(progress);
        new TrainingRun(
                        racing,
                        network,
                        data.train(),
                        data.validation(),
                        Weights.initial(network, racing.seed()),
                        race,
                        Checkpoints.none(),
                        race::isWon)
                .run();
        return race.result(contender, images);
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

    private Result result(String contender, int images) {
        if (last == null) {
            throw new IllegalStateException("a training ended without a validation");
        }
        return new Result(
                contender,
                TARGET,
                isWon(),
                (lastAt - begin) / NANOS,
                last.imagesSeen(),
                (double) last.imagesSeen() / images,
                last.accuracy(),
                last.images());
    }
}
