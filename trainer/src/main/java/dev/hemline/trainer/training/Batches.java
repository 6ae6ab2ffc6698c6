package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Deals out training images, each epoch in another order and every image in another variant. What it deals depends on the
 * seed and the epoch alone. Making a batch takes about a thousandth of the time of training on it, so it is not done
 * ahead in another thread.
 */
final class Batches {
    private static final int PIXELS = FashionMnist.WIDTH * FashionMnist.HEIGHT;
    private static final long SEED_STRIDE = 1_000_003;

    private final LabelledImages images;
    private final long seed;
    private final byte[] original = new byte[PIXELS];
    private final byte[] pixels;
    private final int[] labels;
    private int[] order = {};
    private int dealt;
    private SplittableRandom random = new SplittableRandom();

    Batches(LabelledImages images, int batchSize, long seed) {
        this.images = images;
        this.seed = seed;
        this.labels = new int[Math.min(batchSize, images.size())];
        this.pixels = new byte[labels.length * PIXELS];
    }

    /** Images in every batch. */
    int size() {
        return labels.length;
    }

    /** Batches per epoch. The rest that does not fill one is left out; another epoch leaves out other images. */
    int perEpoch() {
        return images.size() / size();
    }

    /** Shuffles. */
    void startEpoch(int epoch) {
        random = new SplittableRandom(seed * SEED_STRIDE + epoch);
        order = shuffled(images.size(), random);
        dealt = 0;
    }

    /** Makes the next batch; false at the epoch's end. */
    boolean advance() {
        if (dealt + size() > order.length) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            int index = order[dealt + i];
            images.copyImage(index, original, 0);
            Augmentation.vary(original, pixels, i * PIXELS, random);
            labels[i] = images.label(index);
        }
        dealt += size();
        return true;
    }

    /** Pixels of the current batch, image after image; written again by {@link #advance}. */
    byte[] pixels() {
        return pixels;
    }

    /** Labels of the current batch; written again by {@link #advance}. */
    int[] labels() {
        return labels;
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int last = n - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
