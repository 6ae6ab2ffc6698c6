package dev.hemline.trainer.training;

/**
 * How good a network is on images that it does not learn from.
 *
 * @param epoch the epoch it was measured in or after, counted from 1
 * @param imagesSeen images trained on until then, over all epochs
 * @param images how many images it was measured on
 * @param accuracy share of right answers, 0 to 1
 * @param loss mean cross-entropy in nats, of the network calibrated on the same images
 */
public record Validation(int epoch, long imagesSeen, int images, double accuracy, double loss) {}
