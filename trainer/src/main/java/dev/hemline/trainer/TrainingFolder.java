package dev.hemline.trainer;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.CheckpointException;
import dev.hemline.trainer.training.CheckpointFolder;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingHistory;
import dev.hemline.trainer.training.TrainingHistory.Result;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of one training: {@code checkpoint/}, {@code history.json}, and at the end {@code model.pt} and
 * {@code manifest.json}.
 *
 * @param path the folder
 * @param settings what is trained, and how
 * @param data on which images
 * @param network which network
 */
record TrainingFolder(Path path, TrainingSettings settings, TrainingData data, Network network) {

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
     * The checkpoints in it.
     *
     * @param resume whether to go on from the latest
     * @throws UserError if there is another training's checkpoint, which is not to be gone on with
     */
    CheckpointFolder checkpoints(boolean resume) {
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
    static Weights bestNetwork(Path earlier, Network network) {
        try {
            return new CheckpointFolder(earlier.resolve("checkpoint"), true).best(network);
        } catch (CheckpointException e) {
            throw new UserError("--start-from: " + e.getMessage(), e);
        }
    }

    /**
     * Writes how it went so far.
     *
     * @param result null before the end
     */
    void write(List<EpochResult> epochs, @Nullable Result result) {
        TrainingHistory history = new TrainingHistory(
                settings.recipe(),
                settings.threads(),
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
    void write(ServingModel model, EpochResult chosen, Result result) {
        byte[] archive = model.archive();
        ModelManifest manifest = data.manifest(network, model)
                .setName(settings.modelName())
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
        Map<String, String> story = RecipeStory.of(settings.recipe(), model, chosen.epoch(), chosen.imagesSeen());
        story.put("trainingImages", Integer.toString(data.train().size()));
        story.put("threads", Integer.toString(settings.threads()));
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
