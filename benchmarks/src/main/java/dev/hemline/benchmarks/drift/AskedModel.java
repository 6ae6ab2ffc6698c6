package dev.hemline.benchmarks.drift;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.serving.ImageClassifier;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A model and the pictures that it is asked about. Not for several threads.
 *
 * @param images none of which it has learnt from
 */
record AskedModel(ImageClassifier classifier, LabelledImages images) {
    /** What it says to all of them, changed. */
    List<Result> results(Corruption change, RandomGenerator random) {
        return results(IntStream.range(0, images.size()).toArray(), change, random);
    }

    /** What it says to those at these places, changed. */
    List<Result> results(int[] places, Corruption change, RandomGenerator random) {
        int size = images.width() * images.height();
        byte[] pixels = new byte[places.length * size];
        byte[] labels = new byte[places.length];
        for (int i = 0; i < places.length; i++) {
            byte[] picture = change.apply(images.image(places[i]), images.width(), images.height(), random);
            System.arraycopy(picture, 0, pixels, i * size, size);
            labels[i] = (byte) images.label(places[i]);
        }
        return Result.of(Answers.of(
                classifier, LabelledImages.of(images.width(), images.height(), images.classNames(), pixels, labels)));
    }
}
