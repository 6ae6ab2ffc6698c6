package dev.hemline.trainer.training;

/**
 * Where a training stands after a batch.
 *
 * @param epoch counted from 1
 * @param epochs how many there will be
 * @param epochImages images trained on in this epoch
 * @param epochTotal images that the epoch will have
 * @param imagesSeen images trained on over all epochs
 * @param loss running mean of the training loss, in nats
 * @param accuracy running share of right answers on training batches, 0 to 1
 * @param learningRate of the step just taken
 * @param imagesPerSecond running mean, validations not counted
 */
public record TrainingProgress(
        int epoch,
        int epochs,
        int epochImages,
        int epochTotal,
        long imagesSeen,
        double loss,
        double accuracy,
        double learningRate,
        double imagesPerSecond) {

    /** Images that the whole training will have. */
    public long imagesPlanned() {
        return (long) epochs * epochTotal;
    }
}
