package dev.hemline.trainer.training;

import java.util.List;

/**
 * What came of a training.
 *
 * @param best the network after the epoch that validated best
 * @param bestEpoch that epoch
 * @param history every epoch, those before an interruption included
 * @param complete false if it was told to stop before its end
 */
public record TrainingOutcome(ServingModel best, EpochResult bestEpoch, List<EpochResult> history, boolean complete) {

    public TrainingOutcome {
        history = List.copyOf(history);
    }
}
