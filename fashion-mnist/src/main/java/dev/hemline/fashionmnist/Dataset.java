package dev.hemline.fashionmnist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
            throw new IllegalArgumentException("the training images have %s x %s pixels, the test images %s x %s"
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
        boolean[] held = draw(images, 7, seed);
        return new Dataset(select(images, held, false), select(images, held, true));
    }

    /**
     * Cuts a validation set off the training images: one in twelve of every class, 5,000 of 60,000, drawn with a seed.
     * The same seed draws the same images on every machine.
     */
    public Split split(long seed) {
        boolean[] held = draw(train, 12, seed);
        return new Split(select(train, held, false), select(train, held, true), test);
    }

    /** A stratified draw: one in {@code oneIn} images of every class, and at least one of a class that has two. */
    private static boolean[] draw(LabelledImages images, int oneIn, long seed) {
        boolean[] drawn = new boolean[images.size()];
        Random random = new Random(seed);
        for (int label = 0; label < images.classNames().size(); label++) {
            int wanted = label;
            List<Integer> members = IntStream.range(0, images.size())
                    .filter(index -> images.label(index) == wanted)
                    .boxed()
                    .collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(members, random);
            int share = members.size() < 2 ? 0 : Math.max(1, Math.round(members.size() / (float) oneIn));
            members.subList(0, share).forEach(index -> drawn[index] = true);
        }
        return drawn;
    }

    /** In the order that they have. */
    private static LabelledImages select(LabelledImages images, boolean[] drawn, boolean wanted) {
        return images.select(IntStream.range(0, images.size())
                .filter(index -> drawn[index] == wanted)
                .toArray());
    }
}
