package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Deals out training images, each epoch in another order and every image in another variant. What it deals depends on the
 * seed and the epoch alone, so a training that was interrupted goes on as if it had not been.
 */
final class Batches {
    private static final long SEED_STRIDE = 1_000_003;

    private final LabelledImages images;
    private final Augmenter augmenter;
    private final int size;
    private final long seed;
    private final byte[] original;
    private final int[] order;
    private int dealt;
    private SplittableRandom random = new SplittableRandom();

    Batches(LabelledImages images, Augmentation augmentation, int batchSize, long seed) {
        this.images = images;
        this.augmenter = new Augmenter(augmentation, images.width(), images.height());
        this.size = Math.min(batchSize, images.size());
        this.seed = seed;
        this.original = new byte[images.width() * images.height()];
        this.order = new int[images.size()];
        this.dealt = order.length;
    }

    /** How many there are to learn from. */
    int images() {
        return images.size();
    }

    /** Room for one batch. */
    Batch newBatch() {
        return new Batch(size, original.length);
    }

    /** Images in every batch. */
    int size() {
        return size;
    }

    /** Batches per epoch. The rest that does not fill one is left out; another epoch leaves out other images. */
    int perEpoch() {
        return images.size() / size;
    }

    /** Shuffles. */
    void startEpoch(int epoch) {
        random = new SplittableRandom(seed * SEED_STRIDE + epoch);
        Arrays.setAll(order, i -> i);
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
        dealt = 0;
    }

    /** Fills the next batch; false at the epoch's end. */
    boolean fill(Batch batch) {
        if (dealt + size > order.length) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            int index = order[dealt + i];
            images.copyImage(index, original, 0);
            augmenter.vary(original, batch.pixels(), i * original.length, random);
            batch.labels()[i] = images.label(index);
        }
        dealt += size;
        return true;
    }
}
