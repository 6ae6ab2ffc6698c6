package dev.hemline.trainer;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.UserError;
import dev.hemline.trainer.report.TrainingReport;
import dev.hemline.trainer.training.Checkpoint;
import dev.hemline.trainer.training.CheckpointFolder;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingHistory;
import dev.hemline.trainer.training.TrainingHistory.Result;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import java.io.IOException;
import java.nio.file.FileSystemException;
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

/**
 * One training that ends as files in a folder: {@code checkpoint/}, {@code history.json}, and at the end {@code model.pt} and
 * {@code manifest.json}. Can be interrupted and gone on with.
 */
final class FileTraining {
    private static final Logger LOG = LoggerFactory.getLogger(FileTraining.class);

    private final TrainingOptions training;
    private final Split data;
    private final Recipe recipe;
    private final Network network;
    private final Path path;
    private final CheckpointFolder checkpoints;
    private final Optional<Weights> first;
    private final TrainingDisplay display = new TrainingDisplay() {
        @Override
        public void epochEnded(Checkpoint checkpoint) {
            write(checkpoint.history(), null);
            checkpoints.save(checkpoint);
        }
    };
    /**
     * @param earlier folder of a training whose network this one begins with, or null for a new one
     * @throws UserError if the dataset or that network cannot be had, or another training's checkpoint is in the way
     */
    FileTraining(TrainingOptions training, Path path, boolean resume, @Nullable Path earlier) {
        this.training = training;
        this.data = training.split();
        this.recipe = training.recipe();
        this.network = recipe.networkFor(data.train());
        this.path = path;
        this.checkpoints = checkpoints(path, resume);
        this.first = Optional.ofNullable(earlier).map(folder -> bestNetwork(folder, network));
    }

    /**
     * Makes the folder, so that nobody trains for hours and has nowhere to put what comes of it.
     *
     * @throws UserError if it cannot be made or written
     */
    static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "writable", null));
        } catch (IOException e) {
            throw new UserError("Nothing can be written to --output " + folder + ": " + reason(e), e);
        }
    }

    /** File system exceptions give the file's name alone for a message. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : e.getClass().getSimpleName() + " " + e.getMessage();
    }

    /**
     * Trains to the end or until stopped.
     *
     * @throws UserError if it diverged, a teacher cannot teach, or a file cannot be read or written
     */
    void run(BooleanSupplier stop) {
        TorchEngine.start(training.threads);
        LOG.info(
                "Training {} ({} parameters, {} million operations an image) on {} images in {}, {} epochs, seed {}",
                network.name(),
                network.parameters(),
                Math.round(network.operations() / 1e6),
                data.train().size(),
                recipe.precision().name().toLowerCase(Locale.ROOT),
                recipe.epochs(),
                recipe.seed());
        try (Teachers teachers = Teachers.open(training)) {
            TrainingTask task = TrainingTask.anew(recipe, data.train(), data.validation());
            TrainingRun run =
                    new TrainingRun(recipe, first.map(task::beginningWith).orElse(task), display, stop);
            checkpoints.latest(network).ifPresent(run::goOnFrom);
            run.run(teachers)
                    .ifPresentOrElse(
                            this::finish,
                            () -> LOG.info("Training was stopped; the same command with --resume goes on after the last"
                                    + " whole epoch"));
        }
    }

    /**
     * The checkpoints in it.
     *
     * @param resume whether to go on from the latest
     * @throws UserError if there is another training's checkpoint, which is not to be gone on with
     */
    private static CheckpointFolder checkpoints(Path path, boolean resume) {
        CheckpointFolder checkpoints = new CheckpointFolder(path.resolve("checkpoint"), resume);
        if (checkpoints.isUsed() && !resume) {
            throw new UserError(
                    path + " holds a training already; --resume goes on with it, another --output begins anew");
        }
        return checkpoints;
    }

    /**
     * The best network that a training left in another folder.
     *
     * @throws UserError if there is none, or one of another architecture
     */
    private static Weights bestNetwork(Path earlier, Network network) {
        try {
            return new CheckpointFolder(earlier.resolve("checkpoint"), true).best(network);
        } catch (UserError e) {
            throw new UserError("--start-from: " + e.getMessage(), e);
        }
    }

    /** The only place that looks at the test images. */
    private void finish(TrainingRun.Outcome outcome) {
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
        write(outcome.best(), chosen, result);
        write(outcome.history(), result);
        LOG.info(
                "{} holds the model now: model.pt, manifest.json, history.json{}",
                path,
                report() ? ", report.html" : "");
    }

    /** Drawing needs fonts, which not every machine has; hours of training are not to fail for that. */
    private boolean report() {
        try {
            TrainingReport.of(path, data).write(path.resolve(TrainingReport.FILE_NAME));
            return true;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The report was not written ({}); hemline report {} tries again", e.toString(), path);
            return false;
        }
    }

    /**
     * Writes how it went so far.
     *
     * @param result null before the end
     */
    private void write(List<EpochResult> epochs, @Nullable Result result) {
        TrainingHistory history = new TrainingHistory(
                recipe,
                training.threads,
                network.parameters(),
                network.operations(),
                data.train().size(),
                data.validation().size(),
                epochs,
                result);
        try {
            Files.createDirectories(path);
            history.write(path.resolve("history.json"));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Writes what came of it. */
    private void write(ServingModel model, EpochResult chosen, Result result) {
        byte[] archive = model.archive();
        ModelManifest manifest = model.manifest(network, data.validation())
                .setName(training.modelName)
                .setVersion(1)
                .setArchive(new ModelArchive(
                        "torchscript", (long) archive.length, Sha256.hex(archive), ModelChunks.count(archive.length)))
                .setEvaluation(
                        new ModelEvaluation("test", result.testImages(), result.testAccuracy(), result.testLoss()))
                .setTraining(story(model, chosen, result))
                .build();
        try {
            new ModelFolder(path).write(manifest, archive);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private Map<String, String> story(ServingModel model, EpochResult chosen, Result result) {
        Map<String, String> story = RecipeStory.of(recipe, model, chosen.epoch(), chosen.imagesSeen());
        story.put("trainingImages", Integer.toString(data.train().size()));
        story.put("threads", Integer.toString(training.threads));
        story.put("validationAccuracy", Figures.percent(chosen.validationAccuracy()));
        story.put(
                "testAccuracy95",
                Figures.percent(result.testInterval().low())
                        + " to "
                        + Figures.percent(result.testInterval().high()));
        return story;
    }

    private UserError cannotWrite(IOException e) {
        return new UserError("Cannot write to " + path + ": " + reason(e), e);
    }
}
