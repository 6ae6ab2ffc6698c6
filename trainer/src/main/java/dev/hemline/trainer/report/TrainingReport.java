package dev.hemline.trainer.report;

import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Page;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Temperature;
import dev.hemline.trainer.training.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Tells one training on one page: how it was done, how it went, what came of it and where it fails. */
public final class TrainingReport {
    /** What the page is called in a training's folder. */
    public static final String FILE_NAME = "report.html";

    private TrainingReport() {}

    /**
     * The page of a training that has ended. Reads the images to test with once more, for the figures of the model that
     * was already chosen.
     *
     * @param folder with {@code model.pt}, {@code manifest.json} and {@code history.json}
     * @param split the images that it was trained, validated and tested with
     * @throws UserError if a file is missing or damaged, or the training has not ended
     */
    public static Page of(Path folder, Split split) {
        TrainedFolder trained = TrainedFolder.read(folder);
        if (!trained.model().labels().equals(split.test().classNames())) {
            throw new UserError(folder + " holds a model for the classes "
                    + trained.model().labels() + "; name the dataset that it was trained with by --data");
        }
        try (ArchiveClassifier classifier = trained.model().open();
                ProgressBar progress = ProgressBars.of("Testing", split.test().size(), "images")
                        .build()) {
            return ReportPage.of(trained, Answers.of(classifier, split.test(), progress::step));
        }
    }

    /**
     * What a training left in its folder.
     *
     * @param model what it chose
     * @param history how it went
     * @param temperature that the model was calibrated with, empty if it never was
     */
    record TrainedFolder(ChosenModel model, TrainingHistory history, Optional<Temperature> temperature) {
        /** @throws UserError if the training has not ended, or a file is missing or damaged */
        static TrainedFolder read(Path folder) {
            Path file = folder.resolve("history.json");
            try {
                TrainingHistory history = TrainingHistory.read(file);
                if (history.result() == null) {
                    throw new UserError("The training in " + folder + " has not ended; its report comes with its end");
                }
                ChosenModel model = ModelFiles.read(folder);
                return new TrainedFolder(model, history, temperature(model));
            } catch (IllegalArgumentException e) {
                throw new UserError("The manifest in " + folder + " cannot be believed: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UserError(
                        "There is no training in " + folder + " to report on (hemline train --output makes one): "
                                + e.getMessage(),
                        e);
            }
        }

        private static Optional<Temperature> temperature(ChosenModel model) {
            return model.manifest().flatMap(manifest -> Temperature.of(manifest.getTraining()));
        }
    }
}
