package dev.hemline.trainer;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.network.Network;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.CheckpointException;
import dev.hemline.trainer.training.CheckpointFolder;
import dev.hemline.trainer.training.DivergedException;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Evaluation;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingHistory;
import dev.hemline.trainer.training.TrainingHistory.Result;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingOutcome;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.Validation;
import dev.hemline.trainer.training.Wilson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training that ends as files in a folder; can be interrupted and gone on with. */
final class FileTraining implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(FileTraining.class);

    private final TrainingSettings settings;
    private final Recipe recipe;
    private final Path folder;
    private final TrainingData data;
    private final Network network;
    private final CheckpointFolder checkpoints;
    private final TrainingDisplay display;

    /** @throws UserError if the dataset cannot be had, or another training's checkpoint is in the way */
    FileTraining(TrainingSettings settings, Path folder, boolean resume, TrainingDisplay display) {
        this.settings = settings;
        this.recipe = settings.recipe();
        this.folder = folder;
        this.data = TrainingData.load(settings.data(), settings.limit());
        this.network = data.network(recipe.network());
        this.checkpoints = new CheckpointFolder(folder.resolve("checkpoint"), resume);
        this.display = display;
        if (checkpoints.isUsed() && !resume) {
            throw new UserError(
                    folder + " holds a training already; --resume goes on with it, another --output begins anew");
        }
    }

    /**
     * Trains to the end or until stopped.
     *
     * @throws UserError if it diverged, or a file cannot be read or written
     */
    void run(BooleanSupplier stop) {
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
        try {
            Optional<TrainingOutcome> outcome =
                    new TrainingRun(recipe, network, data.train(), data.validation(), this, checkpoints, stop).run();
            display.finished();
            if (outcome.isPresent() && outcome.get().complete()) {
                finish(outcome.get());
            } else {
                LOG.info("Training was stopped; the same command with --resume goes on after the last whole epoch");
            }
        } catch (DivergedException | CheckpointException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } finally {
            display.finished();
        }
    }

    @Override
    public void trained(TrainingProgress progress) {
        display.trained(progress);
    }

    @Override
    public void validated(Validation validation, ServingModel model) {
        display.validated(validation);
    }

    @Override
    public void epochEnded(List<EpochResult> history) {
        write(history, null);
    }

    /** The only place that looks at the test images. */
    private void finish(TrainingOutcome outcome) {
        Evaluation test = outcome.best().evaluate(data.test(), data.test().size());
        Wilson interval = Wilson.interval(test.accuracy(), data.test().size());
        EpochResult best = outcome.bestEpoch();
        LOG.info(
                "Chosen from epoch {}, validation accuracy {}; test accuracy {} (95 % confidence: {} to {}), loss {}",
                best.epoch(),
                Percent.of(best.validationAccuracy()),
                Percent.of(test.accuracy()),
                Percent.of(interval.low()),
                Percent.of(interval.high()),
                String.format(Locale.ROOT, "%.4f", test.loss()));
        write(
                outcome.history(),
                new Result(
                        best.epoch(),
                        best.validationAccuracy(),
                        data.test().size(),
                        test.accuracy(),
                        interval,
                        test.loss()));
        try {
            new ModelFolder(folder)
                    .write(manifest(outcome, test, interval), outcome.best().archive());
        } catch (IOException e) {
            throw new UserError("Cannot write the model to " + folder + ": " + e.getMessage(), e);
        }
        LOG.info("Written to {}: model.pt, manifest.json, history.json", folder);
    }

    private ModelManifest manifest(TrainingOutcome outcome, Evaluation test, Wilson interval) {
        byte[] archive = outcome.best().archive();
        EpochResult best = outcome.bestEpoch();
        Map<String, String> story = new RecipeStory(recipe).told();
        story.put("epoch", best.epoch() + " of " + recipe.epochs());
        story.put("imagesSeen", Long.toString(best.imagesSeen()));
        story.put("trainingImages", Integer.toString(data.train().size()));
        story.put("validationAccuracy", Percent.of(best.validationAccuracy()));
        story.put("testAccuracy95", Percent.of(interval.low()) + " to " + Percent.of(interval.high()));
        return data.manifest(network, outcome.best())
                .setName(settings.modelName())
                .setVersion(1)
                .setArchive(new ModelArchive(
                        "torchscript", (long) archive.length, Sha256.hex(archive), ModelChunks.count(archive.length)))
                .setEvaluation(new ModelEvaluation("test", data.test().size(), test.accuracy(), test.loss()))
                .setTraining(story)
                .build();
    }

    private void write(List<EpochResult> epochs, @Nullable Result result) {
        TrainingHistory history = new TrainingHistory(
                recipe,
                settings.threads(),
                network.parameters(),
                network.operations(),
                data.train().size(),
                data.validation().size(),
                epochs,
                result);
        try {
            Files.createDirectories(folder);
            history.write(folder.resolve("history.json"));
        } catch (IOException e) {
            throw new UserError("Cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }
}
