package dev.hemline.insight.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a model says about one picture, by falling probability. */
final class Prediction {
    private final List<String> labels;
    private final float[] probabilities;

    /** @param probabilities one a label */
    Prediction(List<String> labels, float[] probabilities) {
        this.labels = labels;
        this.probabilities = probabilities;
    }

    /** One class and how likely it is, 0 to 1. */
    record Guess(int label, String name, double probability) {}

    /** The most likely classes first; fewer where the model knows fewer. */
    List<Guess> top(int most) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(label -> new Guess(label, labels.get(label), probabilities[label]))
                .sorted(Comparator.comparingDouble(Guess::probability).reversed())
                .limit(most)
                .toList();
    }

    /** Probabilities of all classes in the order of labels. */
    float[] probabilities() {
        return Arrays.copyOf(probabilities, probabilities.length);
    }
}
