package dev.hemline.trainer.report;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.TrainingHistory;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a training left in its folder.
 *
 * @param model what it chose
 * @param history how it went
 */
record TrainedFolder(ChosenModel model, TrainingHistory history) {
    /** @throws UserError if the training has not ended, or a file is missing or damaged */
    static TrainedFolder read(Path folder) {
        Path file = folder.resolve("history.json");
        try {
            TrainingHistory history = TrainingHistory.read(file);
            if (history.result() == null) {
                throw new UserError("The training in " + folder + " has not ended; its report comes with its end");
            }
            return new TrainedFolder(ModelFiles.read(folder), history);
        } catch (IOException e) {
            throw new UserError(
                    "There is no training in " + folder + " to report on (hemline train --output makes one): "
                            + e.getMessage(),
                    e);
        }
    }
}
