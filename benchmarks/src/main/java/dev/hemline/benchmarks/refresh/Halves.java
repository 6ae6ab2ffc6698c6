package dev.hemline.benchmarks.refresh;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.trainer.training.EpochOrder;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Half of some images as traffic, the other half to judge by.
 *
 * @param traffic changed
 * @param changed other images, changed likewise
 * @param clean the same as they were
 */
record Halves(LabelledImages traffic, LabelledImages changed, LabelledImages clean) {
    static Halves of(LabelledImages images, Corruption corruption, RandomGenerator random) {
        int[] places = EpochOrder.shuffled(images.size()).draw(new SplittableRandom(random.nextLong()));
        int half = places.length / 2;
        LabelledImages clean = images.select(IntStream.of(places).skip(half).toArray());
        return new Halves(
                changed(images.select(IntStream.of(places).limit(half).toArray()), corruption, random),
                changed(clean, corruption, random),
                clean);
    }

    private static LabelledImages changed(LabelledImages images, Corruption corruption, RandomGenerator random) {
        return images.changed(pixels -> corruption.apply(pixels, images.width(), images.height(), random));
    }

    /**
     * The first of the traffic, with labels of which some say another class.
     *
     * @param wrong their share, 0 to 1
     */
    LabelledImages labelled(int most, double wrong, RandomGenerator random) {
        int classes = traffic.classNames().size();
        return traffic.first(most)
                .relabelled(label ->
                        random.nextDouble() < wrong ? (label + 1 + random.nextInt(classes - 1)) % classes : label);
    }

    Judged judge(Version version) {
        return Judged.of(version.answers(changed), version.answers(clean));
    }
}
