package dev.hemline.benchmarks.drift;

import dev.hemline.fashionmnist.Corruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * What happens to traffic in one of the experiments of <em>Failing Loudly</em> (Rabanser, Günnemann and Lipton, 2019).
 *
 * @param family as a table calls it
 * @param percent how much of it, of 100
 * @param change what befalls pictures
 * @param share of the pictures that it befalls
 * @param firstClass the share of the first class's images that is left
 * @param others the same of all other classes
 */
record Shift(String family, int percent, Change change, double share, double firstClass, double others) {
    static final Shift NONE = new Shift("nothing changes", 0, Change.SMALL_NOISE, 0, 1, 1);

    private static final int[] PERCENTAGES = {10, 50, 100};

    /** What befalls pictures, in the paper's three sizes. */
    enum Change {
        SMALL_NOISE("small noise", Corruption.noise(1)),
        MEDIUM_NOISE("medium noise", Corruption.noise(10)),
        LARGE_NOISE("large noise", Corruption.noise(100)),
        SMALL_IMAGE("small image shift", new ImageShift(10, 0.05, 0.1, 0.1, false, false)),
        MEDIUM_IMAGE("medium image shift", new ImageShift(40, 0.2, 0.2, 0.2, true, false)),
        LARGE_IMAGE("large image shift", new ImageShift(90, 0.4, 0.3, 0.4, true, true));

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final Corruption corruption;

        Change(String title, Corruption corruption) {
            this.title = title;
            this.corruption = corruption;
        }

        Corruption corruption() {
            return corruption;
        }
    }

    /** All that the paper does to Fashion-MNIST. */
    static List<Shift> all() {
        List<Shift> all = new ArrayList<>();
        for (Change change : Change.values()) {
            each(percent -> all.add(new Shift(change.title, percent, change, percent / 100.0, 1, 1)));
        }
        each(percent ->
                all.add(new Shift("knock-out of a class", percent, Change.MEDIUM_IMAGE, 0, 1 - percent / 100.0, 1)));
        each(percent ->
                all.add(new Shift("half image, knock-out", percent, Change.MEDIUM_IMAGE, 0.5, 1 - percent / 100.0, 1)));
        each(percent -> all.add(new Shift("one class, image", percent, Change.MEDIUM_IMAGE, percent / 100.0, 1, 0)));
        return all;
    }

    private static void each(IntConsumer percentage) {
        Arrays.stream(PERCENTAGES).forEach(percentage);
    }

    /**
     * Traffic so shifted.
     *
     * @param results to the same pictures, after each change
     */
    Traffic of(Traffic originals, Map<Change, List<Result>> results) {
        double[] left = new double[originals.classes()];
        Arrays.fill(left, others);
        left[0] = firstClass;
        Traffic mix = originals.times(left);
        return share == 0 ? mix : mix.changed(results.getOrDefault(change, List.of()), share);
    }

    @Override
    public String toString() {
        return percent == 0 ? family : family + ", " + percent + " %";
    }
}
