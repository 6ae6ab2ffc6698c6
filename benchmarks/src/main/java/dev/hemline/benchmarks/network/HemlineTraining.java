package dev.hemline.benchmarks.network;

import dev.hemline.benchmarks.network.TrainingReport.Race;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.archive.Precision;
import dev.hemline.trainer.training.Checkpoint;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import dev.hemline.trainer.training.Validation;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training as {@code hemline train} has it, variants of images and average of weights included.
 *
 * @param recipe a network's own, changed in nothing but when it ends and how often it validates
 */
record HemlineTraining(Recipe recipe, Split data) {
    private static final int NEVER = 0;
    private static final int AFTER_EACH_EPOCH = 0;
    private static final int ALL = 0;

    /** The most that a recipe may have. */
    private static final int ENDLESS = 10_000;

    private static final double TARGET = 0.9;
    private static final int VALIDATIONS_PER_EPOCH = 5;
    private static final double NANOS = 1e9;

    /** Trains until time is over. */
    void turn(Precision precision, StepTimer timer) {
        var over = new AtomicBoolean();
        var listener = new TrainingListener() {
            @Override
            public void trained(TrainingProgress progress) {
                over.set(!TrainingBench.learnt(progress.loss(), timer));
            }

            @Override
            public void epochEnded(Checkpoint checkpoint) {
                // The network was validated since the last step, which the others do not do.
                timer.leaveOut();
            }
        };
        Recipe endless = recipe.with()
                .epochs(ENDLESS)
                .precision(precision)
                .patience(NEVER)
                .validateEvery(AFTER_EACH_EPOCH)
                .validationImages(ALL)
                .build();
        run(endless, listener, over::get);
    }

    /**
     * Trains until the network is good, and tells how long that took. Every validation looks at all validation images.
     *
     * @param progress hears every validation
     */
    Race race(String contender, Consumer<Validation> progress) {
        int images = data.train().size();
        var latest = new AtomicReference<@Nullable Race>();
        BooleanSupplier won = () -> {
            Race race = latest.get();
            return race != null && race.reached();
        };
        long begin = System.nanoTime();
        var listener = new TrainingListener() {
            @Override
            public void validated(Validation validation, ServingModel model) {
                if (!won.getAsBoolean()) {
                    latest.set(new Race(
                            contender,
                            TARGET,
                            validation.accuracy() >= TARGET,
                            (System.nanoTime() - begin) / NANOS,
                            validation.imagesSeen(),
                            (double) validation.imagesSeen() / images,
                            validation.accuracy(),
                            validation.images()));
                    progress.accept(validation);
                }
            }
        };
        Recipe racing = recipe.with()
                .validateEvery(Math.max(1, images / VALIDATIONS_PER_EPOCH))
                .validationImages(ALL)
                .build();
        run(racing, listener, won);
        return Objects.requireNonNull(latest.get(), "a training ended without a validation");
    }

    private void run(Recipe adapted, TrainingListener listener, BooleanSupplier stop) {
        new TrainingRun(adapted, TrainingTask.anew(adapted, data.train(), data.validation()), listener, stop).run();
    }
}
