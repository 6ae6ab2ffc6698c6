package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.CrossValidation.Summary.Fold;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.TrainingFailedException;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a recipe by training it several times, each time on all parts of the training images but one and validating on
 * that one. The last epoch counts, for a best one would be chosen by the very images it is judged by. Test images are left
 * alone, and no network is kept.
 */
final class CrossValidation {
    private static final Logger LOG = LoggerFactory.getLogger(CrossValidation.class);

    /** The same parts for every recipe, so that recipes can be compared. */
    private static final long SEED = 1;

    private final TrainingOptions training;
    private final Folds folds;

    /** @throws UserError if the dataset cannot be had */
    CrossValidation(TrainingOptions training, int count) {
        this.training = training;
        this.folds = Folds.of(training.notForTest(), count, SEED);
    }

    /**
     * Trains once per part.
     *
     * @return empty if it was stopped
     * @throws TrainingFailedException if a training diverged
     */
    Optional<Summary> run(BooleanSupplier stop) {
        TorchEngine.start(training.threads);
        List<Fold> results = new ArrayList<>();
        for (int part = 0; part < folds.count(); part++) {
            Optional<Fold> result = run(part, stop);
            if (result.isEmpty()) {
                return Optional.empty();
            }
            results.add(result.get());
        }
        Summary summary = Summary.of(training.recipe(), training.threads, results);
        LOG.info(
                "{} folds: accuracy {} on average, with a standard deviation of {}",
                folds.count(),
                Figures.percent(summary.mean()),
                Figures.percent(summary.deviation()));
        return Optional.of(summary);
    }

    private Optional<Fold> run(int part, BooleanSupplier stop) {
        LabelledImages train = folds.allBut(part);
        LabelledImages validation = folds.only(part);
        Optional<TrainingRun.Outcome> outcome = new TrainingRun(
                        training.recipe(),
                        TrainingTask.anew(training.recipe(), train, validation),
                        new TrainingDisplay(),
                        stop)
                .run();
        return outcome.map(complete -> {
            EpochResult last = complete.history().get(complete.history().size() - 1);
            LOG.info(
                    "Fold {} of {}: accuracy {}, loss {} on {} images",
                    part + 1,
                    folds.count(),
                    Figures.percent(last.validationAccuracy()),
                    String.format(Locale.ROOT, "%.3f", last.validationLoss()),
                    validation.size());
            return new Fold(train.size(), validation.size(), last.validationAccuracy(), last.validationLoss());
        });
    }

    /**
     * What cross-validation found, as file {@code folds.json} tells it.
     *
     * @param recipe how each network learnt
     * @param threads of libtorch
     * @param folds one result per part, in order
     * @param mean of the accuracies, 0 to 1
     * @param deviation standard deviation of the accuracies, by n - 1
     */
    record Summary(Recipe recipe, int threads, List<Fold> folds, double mean, double deviation) {

        /**
         * A network that learnt from all parts but one.
         *
         * @param accuracy share of right answers on that part after the last epoch, 0 to 1
         * @param loss mean cross-entropy on it, in nats, calibrated on the same images; one number, so that it is hardly too low
         */
        record Fold(int trainImages, int validationImages, double accuracy, double loss) {}

        /** @param folds at least two */
        static Summary of(Recipe recipe, int threads, List<Fold> folds) {
            double mean = accuracies(folds).average().orElseThrow();
            double squares = accuracies(folds).map(a -> (a - mean) * (a - mean)).sum();
            return new Summary(recipe, threads, List.copyOf(folds), mean, Math.sqrt(squares / (folds.size() - 1)));
        }

        private static DoubleStream accuracies(List<Fold> folds) {
            return folds.stream().mapToDouble(Fold::accuracy);
        }
    }
}
