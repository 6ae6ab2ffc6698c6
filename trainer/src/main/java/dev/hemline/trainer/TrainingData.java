package dev.hemline.trainer;

import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.DatasetException;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
     * @throws UserError if the dataset cannot be had
     */
    static TrainingData load(@Nullable Path folder, int limit) {
        Split split = dataset(folder).split(SPLIT_SEED);
        LabelledImages train = split.train();
        int size = limit == 0 ? train.size() : Math.min(limit, train.size());
        return new TrainingData(train.select(IntStream.range(0, size).toArray()), split.validation());
    }

    private static Dataset dataset(@Nullable Path folder) {
        try {
            return FashionMnist.load(folder);
        } catch (DatasetException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
