package dev.hemline.insight.evaluate;

import dev.hemline.event.ModelReference;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.reference.ModelReferences;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.Probabilities;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model said to every image of a set. */
public final class Answers {
    private static final int BATCH = 64;
    /** A probability that is zero in 32 bits costs as much as this one, not infinitely much. */
    private static final double SMALLEST_PROBABILITY = 1e-12;

    private final LabelledImages images;
    private final float[][] probabilities;

    Answers(LabelledImages images, float[][] probabilities) {
        this.images = images;
        this.probabilities = probabilities;
    }

    /** Asks a model about images of the size and the classes that it knows. */
    public static Answers of(ImageClassifier classifier, LabelledImages images) {
        return of(classifier, images, () -> {});
    }

    /**
     * Asks a model.
     *
     * @param classifier of images of this size and these classes
     * @param each told after every image
     */
    public static Answers of(ImageClassifier classifier, LabelledImages images, Runnable each) {
        int size = images.width() * images.height();
        byte[] batch = new byte[BATCH * size];
        float[][] probabilities = new float[images.size()][];
        for (int start = 0; start < images.size(); start += BATCH) {
            int n = Math.min(BATCH, images.size() - start);
            for (int i = 0; i < n; i++) {
                images.copyImage(start + i, batch, i * size);
            }
            float[][] rows = classifier.classify(ByteBuffer.wrap(batch), n);
            for (int i = 0; i < n; i++) {
                probabilities[start + i] = rows[i];
                each.run();
            }
        }
        return new Answers(images, probabilities);
    }

    /** The answers there would have been if the logits had been divided by a temperature, above 0. */
    public Answers tempered(double temperature) {
        float[][] tempered = new float[probabilities.length][];
        Arrays.setAll(tempered, i -> Probabilities.tempered(probabilities[i], temperature));
        return new Answers(images, tempered);
    }

    /** What live answers are compared with later. */
    public ModelReference reference() {
        return ModelReferences.of(
                probabilities, IntStream.range(0, size()).map(this::label).toArray());
    }

    /** The images that were asked about. */
    public LabelledImages images() {
        return images;
    }

    /** How many there are. */
    public int size() {
        return probabilities.length;
    }

    /** The true class of an image. */
    public int label(int image) {
        return images.label(image);
    }

    /** The class that the model takes to be most likely. */
    public int predicted(int image) {
        return Probabilities.mostLikely(probabilities[image]);
    }

    /** The probability that the model gives a class, 0 to 1. */
    public double probability(int image, int label) {
        return probabilities[image][label];
    }

    /** The probability that the model gives its answer, 0 to 1. */
    public double confidence(int image) {
        return probability(image, predicted(image));
    }

    /** Whether the answer is right. */
    public boolean isRight(int image) {
        return predicted(image) == label(image);
    }

    /** Share of right answers, 0 to 1. */
    public double accuracy() {
        return IntStream.range(0, size()).filter(this::isRight).count() / (double) size();
    }

    /** Mean cross-entropy in nats. */
    public double loss() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum -= Math.log(Math.max(probability(i, label(i)), SMALLEST_PROBABILITY));
        }
        return sum / size();
    }

    /** The wrong answers that the model was surest of: places of images in the set, the surest first. */
    public List<Integer> worstMistakes(int most) {
        return IntStream.range(0, size())
                .filter(image -> !isRight(image))
                .boxed()
                .sorted(Comparator.comparingDouble(image -> -confidence(image)))
                .limit(most)
                .toList();
    }
}
