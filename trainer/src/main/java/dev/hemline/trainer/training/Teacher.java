package dev.hemline.trainer.training;

import java.nio.ByteBuffer;

/** What another network is to learn to answer. Asked by one thread at a time, which runs ahead of the one that learns. */
@FunctionalInterface
public interface Teacher {

    /** Leaves it to the labels. */
    Teacher NONE = (pixels, n) -> new float[][] {};

    /**
     * Answers about a batch.
     *
     * @param pixels n images as the learner will see them: unsigned bytes, image after image; not to be changed
     * @return n rows of probabilities, one per class, or none where it leaves it to the label; or no row, if it leaves it to the labels
     *     altogether
     */
    float[][] answer(ByteBuffer pixels, int n);
}
