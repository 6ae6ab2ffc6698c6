package dev.hemline.trainer.training;

/**
 * What a step found before it changed anything.
 *
 * @param loss mean over the images
 * @param correct images that were classified as labelled
 */
record Step(double loss, int correct) {
    /** Of no image. */
    static final Step NONE = new Step(0, 0);

    /** Both together, where each has its share of the loss. */
    Step plus(Step other) {
        return new Step(loss + other.loss, correct + other.correct);
    }
}
