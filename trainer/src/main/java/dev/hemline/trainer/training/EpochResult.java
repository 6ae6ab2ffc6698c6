package dev.hemline.trainer.training;

import java.util.Comparator;
import java.util.List;

/**
 * How one epoch went: a point on every learning curve.
 *
 * @param epoch counted from 1
 * @param imagesSeen images trained on until its end, over all epochs
 * @param learningRate of its last step
 * @param trainLoss mean training loss over the epoch, as the optimizer saw it: label smoothing and augmentation included
 * @param trainAccuracy share of right answers on the epoch's training batches, 0 to 1
 * @param validationLoss mean cross-entropy on the validation images, by which the network is calibrated, in nats
 * @param validationAccuracy share of right answers on the validation images, 0 to 1
 * @param seconds how long the epoch took, validation included
 */
public record EpochResult(
        int epoch,
        long imagesSeen,
        double learningRate,
        double trainLoss,
        double trainAccuracy,
        double validationLoss,
        double validationAccuracy,
        double seconds) {

    /** Of several, at least one, that with the highest validation accuracy; of several of these, the lowest loss. */
    static EpochResult best(List<EpochResult> epochs) {
        return epochs.stream()
                .max(Comparator.comparingDouble(EpochResult::validationAccuracy)
                        .thenComparing(EpochResult::validationLoss, Comparator.reverseOrder()))
                .orElseThrow();
    }
}
