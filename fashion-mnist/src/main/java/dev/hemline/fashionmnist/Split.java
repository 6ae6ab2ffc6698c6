package dev.hemline.fashionmnist;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The dataset as training needs it. Every class has the same share of each set; images keep the order of their files.
 *
 * @param train what a model learns from: 55,000 images
 * @param validation what models are compared and chosen by: 5,000 images, none of them in train
 * @param test what the chosen model is judged by: the test file, 10,000 images
 */
public record Split(LabelledImages train, LabelledImages validation, LabelledImages test) {

    private static final int ONE_IN = 12;

    static Split of(FashionMnist dataset, long seed) {
        LabelledImages all = dataset.train();
        boolean[] validation = new boolean[all.size()];
        Random random = new Random(seed);
        for (int label = 0; label < FashionMnist.CLASSES; label++) {
            int[] members = shuffled(indicesOf(all, label), random);
            for (int place = 0; place < Math.round(members.length / (float) ONE_IN); place++) {
                validation[members[place]] = true;
            }
        }
        int[] kept = everyIndex(all).filter(index -> !validation[index]).toArray();
        int[] held = everyIndex(all).filter(index -> validation[index]).toArray();
        return new Split(all.select(kept), all.select(held), dataset.test());
    }

    private static int[] indicesOf(LabelledImages images, int label) {
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
