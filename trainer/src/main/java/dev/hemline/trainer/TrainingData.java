package dev.hemline.trainer;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.service.UserError;
import dev.hemline.trainer.data.DataOptions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of a training; the test images are left alone.
 *
 * @param train what the network learns from
 * @param validation what versions are compared by
 */
record TrainingData(LabelledImages train, LabelledImages validation) {
    /** Every training holds out the same images, so that their accuracies can be compared, whatever their seeds. */
    private static final long SPLIT_SEED = 1;

    /**
     * @param limit training images to use, 0 for all
     * @throws UserError if the images cannot be had
     */
    static TrainingData load(DataOptions images, int limit) {
        Split split = images.load(SPLIT_SEED).split(SPLIT_SEED);
        LabelledImages train = split.train();
        int size = limit == 0 ? train.size() : Math.min(limit, train.size());
        return new TrainingData(train.select(IntStream.range(0, size).toArray()), split.validation());
    }

    /** The classes in the order of their labels. */
    List<String> classNames() {
        return train.classNames();
    }
}
