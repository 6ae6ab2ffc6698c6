package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.FoldsSummary.Fold;
import dev.hemline.trainer.training.Checkpoints;
import dev.hemline.trainer.training.DivergedException;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.TrainingOutcome;
import dev.hemline.trainer.training.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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

    private final TrainingSettings settings;
    private final Folds folds;
    private final Network network;
    private final TrainingDisplay display = new TrainingDisplay();
    /** @throws UserError if the dataset cannot be had */
    CrossValidation(TrainingSettings settings, int count) {
        LabelledImages images = TrainingData.notForTest(settings.data(), settings.limit());
        this.settings = settings;
        this.folds = Folds.of(images, count, SEED);
        this.network = TrainingData.network(settings.recipe().network(), images);
    }

    /**
     * Trains once per part.
     *
     * @return empty if it was stopped
     * @throws UserError if a training diverged
     */
    Optional<FoldsSummary> run(BooleanSupplier stop) {
        TorchEngine.start(settings.threads());
        List<Fold> results = new ArrayList<>();
        try {
            for (int part = 0; part < folds.count(); part++) {
                Optional<Fold> result = run(part, stop);
                if (result.isEmpty()) {
                    return Optional.empty();
                }
                results.add(result.get());
            }
        } catch (DivergedException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } finally {
            display.finished();
        }
        FoldsSummary summary = FoldsSummary.of(settings.recipe(), settings.threads(), results);
        LOG.info(
                "{} folds: accuracy {} on average, with a standard deviation of {}",
                folds.count(),
                Figures.percent(summary.mean()),
                Figures.percent(summary.deviation()));
        return Optional.of(summary);
    }

    private Optional<Fold> run(int part, BooleanSupplier stop) {
        Recipe recipe = settings.recipe();
        LabelledImages train = folds.allBut(part);
        LabelledImages validation = folds.only(part);
        Optional<TrainingOutcome> outcome = new TrainingRun(
                        recipe,
                        network,
                        train,
                        validation,
                        Weights.initial(network, recipe.seed()),
                        display,
                        Checkpoints.none(),
                        stop)
                .run();
        display.finished();
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
}
