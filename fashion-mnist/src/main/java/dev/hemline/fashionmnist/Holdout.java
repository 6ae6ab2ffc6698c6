package dev.hemline.fashionmnist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
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
            List<Integer> members = membersOf(images, label);
            Collections.shuffle(members, random);
            members.subList(0, share(members.size(), oneIn)).forEach(index -> drawn[index] = true);
        }
        return new Holdout(
                images.select(everyIndex(images).filter(index -> !drawn[index]).toArray()),
                images.select(everyIndex(images).filter(index -> drawn[index]).toArray()));
    }

    private static int share(int members, int oneIn) {
        int share = Math.round(members / (float) oneIn);
        return members < 2 ? 0 : Math.max(1, share);
    }

    private static List<Integer> membersOf(LabelledImages images, int label) {
        return everyIndex(images)
                .filter(index -> images.label(index) == label)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static IntStream everyIndex(LabelledImages images) {
        return IntStream.range(0, images.size());
    }
}
