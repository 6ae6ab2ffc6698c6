package dev.hemline.fashionmnist;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A stratified draw: the same share of every class, and at least one image of a class that has two.
 *
 * @param kept images that were not drawn, in their order
 * @param held images that were drawn, in their order
 */
record Holdout(LabelledImages kept, LabelledImages held) {

    /** Draws one in {@code oneIn} images of every class. */
    static Holdout of(LabelledImages images, int oneIn, long seed) {
        boolean[] drawn = new boolean[images.size()];
        Random random = new Random(seed);
        for (int label = 0; label < images.classNames().size(); label++) {
            int[] members = shuffled(membersOf(images, label), random);
            for (int place = 0; place < share(members.length, oneIn); place++) {
                drawn[members[place]] = true;
            }
        }
        return new Holdout(
                images.select(everyIndex(images).filter(index -> !drawn[index]).toArray()),
                images.select(everyIndex(images).filter(index -> drawn[index]).toArray()));
    }

    private static int share(int members, int oneIn) {
        int share = Math.round(members / (float) oneIn);
        return members < 2 ? 0 : Math.max(1, share);
    }

    private static int[] membersOf(LabelledImages images, int label) {
        return everyIndex(images).filter(index -> images.label(index) == label).toArray();
    }

    private static IntStream everyIndex(LabelledImages images) {
        return IntStream.range(0, images.size());
    }

    private static int[] shuffled(int[] indices, Random random) {
        int[] shuffled = Arrays.copyOf(indices, indices.length);
        for (int last = shuffled.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = shuffled[last];
            shuffled[last] = shuffled[other];
            shuffled[other] = swapped;
        }
        return shuffled;
    }
}
