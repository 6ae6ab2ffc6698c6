package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.LabelledImages;
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
    private final EpochOrder epochs;
    private final byte[] original;
    private int[] order = {};
    private int dealt;
    private SplittableRandom random = new SplittableRandom();

    Batches(LabelledImages images, EpochOrder epochs, Augmentation augmentation, int batchSize, long seed) {
        this.images = images;
        this.epochs = epochs;
        this.augmenter = new Augmenter(augmentation, images.width(), images.height());
        this.size = Math.min(batchSize, epochs.length());
        this.seed = seed;
        this.original = new byte[images.width() * images.height()];
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
        return epochs.length() / size;
    }

    /** Draws an order. */
    void startEpoch(int epoch) {
        random = new SplittableRandom(seed * SEED_STRIDE + epoch);
        order = epochs.draw(random);
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
