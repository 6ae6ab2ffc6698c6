package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Images dealt into parts of which each has the same share of every class.
 *
 * @param images all of them
 * @param partOf for each image, its part, counted from 0
 * @param count how many parts
 */
record Folds(LabelledImages images, List<Integer> partOf, int count) {

    /** Deals the images of each class round after round; the same seed deals the same parts on every machine. */
    static Folds of(LabelledImages images, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Integer[] partOf = new Integer[images.size()];
        int next = 0;
        for (int label = 0; label < images.classNames().size(); label++) {
            for (int image : shuffledMembers(images, label, random)) {
                partOf[image] = next % count;
                next++;
            }
        }
        return new Folds(images, List.of(partOf), count);
    }

    /** Every part but one. */
    LabelledImages allBut(int part) {
        return images.select(IntStream.range(0, images.size())
                .filter(image -> partOf.get(image) != part)
                .toArray());
    }

    /** One part. */
    LabelledImages only(int part) {
        return images.select(IntStream.range(0, images.size())
                .filter(image -> partOf.get(image) == part)
                .toArray());
    }

    private static List<Integer> shuffledMembers(LabelledImages images, int label, SplittableRandom random) {
        List<Integer> members = new ArrayList<>(IntStream.range(0, images.size())
                .filter(image -> images.label(image) == label)
                .boxed()
                .toList());
        for (int last = members.size() - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            members.set(other, members.set(last, members.get(other)));
        }
        return members;
    }
}
