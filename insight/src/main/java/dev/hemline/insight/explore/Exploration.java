package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was found out about a dataset.
 *
 * @param split the images
 * @param classes what the images to train with have in common, by label
 * @param pixels grey levels of the images to train with
 * @param nearDuplicates images to test with that are nearly ones to train with or to validate with, nearest first; their
 *     places are those in {@link #seen}
 */
record Exploration(
        Split split,
        LabelledImages seen,
        List<ClassPictures> classes,
        PixelHistogram pixels,
        List<NearDuplicates.Pair> nearDuplicates) {
    /** Root-mean-square difference, in grey levels, up to which a person takes two images for the same. */
    static final double SAME_TO_THE_EYE = 15;

    /**
     * @param seen every image that may be looked at before the test: to train and to validate with
     * @param each told after every image to test with, on whatever thread
     */
    static Exploration of(Split split, LabelledImages seen, Runnable each) {
        LabelledImages train = split.train();
        return new Exploration(
                split,
                seen,
                IntStream.range(0, train.classNames().size())
                        .mapToObj(label -> ClassPictures.of(train, label))
                        .toList(),
                PixelHistogram.of(train),
                NearDuplicates.find(split.test(), seen, SAME_TO_THE_EYE, each));
    }

    /** How many near-duplicates have another class than their twin: no classifier can learn those. */
    long contradictions() {
        return nearDuplicates.stream()
                .filter(pair -> split.test().label(pair.test()) != seen.label(pair.train()))
                .count();
    }
}
