package dev.hemline.trainer.training;

import dev.hemline.model.network.Weights;
import java.util.List;

/**
 * A training between two epochs: all that the rest of it depends on besides recipe and data. The place in the schedule and
 * in the sequence of random numbers both follow from the epoch.
 *
 * @param recipe how the training began, in words; one that differs cannot be gone on with
 * @param weights what the network has learnt
 * @param memory what the optimizer remembers
 * @param average the moving average of the weights
 * @param averaged how many weights went into it
 * @param best the average after the best epoch
 * @param history every epoch so far, at least one
 */
record Checkpoint(
        String recipe,
        Weights weights,
        OptimizerState.Memory memory,
        Weights average,
        int averaged,
        Weights best,
        List<EpochResult> history) {

    Checkpoint {
        history = List.copyOf(history);
    }

    /** The last epoch that it knows of. */
    int epoch() {
        return history.get(history.size() - 1).epoch();
    }
}
