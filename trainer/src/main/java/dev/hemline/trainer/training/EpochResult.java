package dev.hemline.trainer.training;

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
        double seconds) {}
