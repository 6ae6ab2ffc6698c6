package dev.hemline.trainer.training;

import java.util.List;

/**
 * What came of a training that went on to its end.
 *
 * @param best the network after the epoch that validated best
 * @param bestEpoch that epoch
 * @param history every epoch, those before an interruption included
 */
public record TrainingOutcome(ServingModel best, EpochResult bestEpoch, List<EpochResult> history) {

    public TrainingOutcome {
        history = List.copyOf(history);
    }
}
