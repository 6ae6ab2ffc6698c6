package dev.hemline.fashionmnist;

/**
 * Images to learn from and images to be judged by, of one size and with one list of classes.
 *
 * @param train what networks learn from
 * @param test what a chosen network is judged by; never train or choose a model with them
 */
public record Dataset(LabelledImages train, LabelledImages test) {

    /** @throws IllegalArgumentException if the two differ in size or classes */
    public Dataset {
        if (train.width() != test.width() || train.height() != test.height()) {
            throw new IllegalArgumentException("the training images have %d x %d pixels, the test images %d x %d"
                    .formatted(train.width(), train.height(), test.width(), test.height()));
        }
        if (!train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException(
                    "training has the classes " + train.classNames() + ", the test " + test.classNames());
        }
    }

    /**
     * A dataset of images that come in one heap: one in seven of every class is for the test, as in Fashion-MNIST.
     *
     * @param seed decides which; the same one draws the same images on every machine
     */
    public static Dataset holdingOut(LabelledImages images, long seed) {
        Holdout holdout = Holdout.of(images, 7, seed);
        return new Dataset(holdout.kept(), holdout.held());
    }

    /**
     * Cuts a validation set off the training images: one in twelve of every class, 5,000 of 60,000, drawn with a seed.
     * The same seed draws the same images on every machine.
     */
    public Split split(long seed) {
        Holdout holdout = Holdout.of(train, 12, seed);
        return new Split(holdout.kept(), holdout.held(), test);
    }
}
