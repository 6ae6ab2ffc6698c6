package dev.hemline.trainer;

import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.report.TrainingReport;
import dev.hemline.trainer.training.CheckpointException;
import dev.hemline.trainer.training.Checkpoints;
import dev.hemline.trainer.training.DivergedException;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.TrainingHistory.Result;
import dev.hemline.trainer.training.TrainingOutcome;
import dev.hemline.trainer.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training that ends as files in a folder; can be interrupted and gone on with. */
final class FileTraining {
    private static final Logger LOG = LoggerFactory.getLogger(FileTraining.class);

    private final TrainingSettings settings;
    private final TrainingData data;
    private final Network network;
    private final TrainingFolder folder;
    private final Checkpoints checkpoints;
    private final Weights first;
    private final TrainingDisplay display = new TrainingDisplay() {
        @Override
        public void epochEnded(List<EpochResult> history) {
            folder.write(history, null);
        }
    };
    /**
     * @param earlier folder of a training whose network this one begins with, or null for a new one
     * @throws UserError if the dataset or that network cannot be had, or another training's checkpoint is in the way
     */
    FileTraining(TrainingSettings settings, Path path, boolean resume, @Nullable Path earlier) {
        this.settings = settings;
        this.data = TrainingData.load(settings);
        this.network = TrainingData.network(settings.recipe().network(), data.train());
        this.folder = new TrainingFolder(path, settings, data, network);
        this.checkpoints = folder.checkpoints(resume);
        this.first = earlier == null
                ? Weights.initial(network, settings.recipe().seed())
                : TrainingFolder.bestNetwork(earlier, network);
    }

    /**
     * Trains to the end or until stopped.
     *
     * @throws UserError if it diverged, a teacher cannot teach, or a file cannot be read or written
     */
    void run(BooleanSupplier stop) {
        Recipe recipe = settings.recipe();
        TorchEngine.start(settings.threads());
        LOG.info(
                "Training {} ({} parameters, {} million operations an image) on {} images in {}, {} epochs, seed {}",
                network.name(),
                network.parameters(),
                Math.round(network.operations() / 1e6),
                data.train().size(),
                recipe.precision().name().toLowerCase(Locale.ROOT),
                recipe.epochs(),
                recipe.seed());
        try (Teachers teachers = Teachers.open(settings)) {
            Optional<TrainingOutcome> outcome = new TrainingRun(
                            recipe, network, data.train(), data.validation(), first, display, checkpoints, stop)
                    .run(teachers);
            outcome.ifPresentOrElse(
                    this::finish,
                    () -> LOG.info(
                            "Training was stopped; the same command with --resume goes on after the last whole epoch"));
        } catch (DivergedException | CheckpointException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } finally {
            display.finished();
        }
    }

    /** The only place that looks at the test images. */
    private void finish(TrainingOutcome outcome) {
        display.finished();
        EpochResult chosen = outcome.bestEpoch();
        Answers test = outcome.best().answers(data.test());
        Result result = new Result(
                chosen.epoch(),
                chosen.validationAccuracy(),
                data.test().size(),
                test.accuracy(),
                WilsonInterval.of(test.accuracy(), data.test().size()),
                test.loss());
        LOG.info(
                "Chosen: epoch {}, validation accuracy {}. Test accuracy {}, with 95 % confidence {} to {}",
                chosen.epoch(),
                Figures.percent(chosen.validationAccuracy()),
                Figures.percent(test.accuracy()),
                Figures.percent(result.testInterval().low()),
                Figures.percent(result.testInterval().high()));
        folder.write(outcome.best(), chosen, result);
        folder.write(outcome.history(), result);
        LOG.info(
                "{} holds the model now: model.pt, manifest.json, history.json{}",
                folder.path(),
                report() ? ", report.html" : "");
    }

    /** Drawing needs fonts, which not every machine has; hours of training are not to fail for that. */
    private boolean report() {
        try {
            TrainingReport.of(folder.path(), new Split(data.train(), data.validation(), data.test()))
                    .write(folder.path().resolve(TrainingReport.FILE_NAME));
            return true;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The report was not written ({}); hemline report {} tries again", e.toString(), folder.path());
            return false;
        }
    }
}
