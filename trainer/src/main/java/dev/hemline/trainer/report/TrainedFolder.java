package dev.hemline.trainer.report;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.Temperature;
import dev.hemline.trainer.training.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

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
