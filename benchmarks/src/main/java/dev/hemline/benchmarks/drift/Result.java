package dev.hemline.benchmarks.drift;

import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.model.reference.ModelReferences;
import dev.hemline.quality.batch.Sums;
import dev.hemline.quality.drift.Reference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model said to a picture, made ready for whoever looks for drift.
 *
 * @param label the true class
 * @param probabilities by class
 * @param predicted the class that is most likely
 * @param logs as the product's detector takes them
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Result(int label, float[] probabilities, int predicted, double[] logs) {
    /** All that a model said. */
    static List<Result> of(Answers answers) {
        int classes = answers.images().classNames().size();
        return IntStream.range(0, answers.size())
                .mapToObj(image -> {
                    float[] probabilities = new float[classes];
                    for (int label = 0; label < classes; label++) {
                        probabilities[label] = (float) answers.probability(image, label);
                    }
                    return new Result(
                            answers.label(image),
                            probabilities,
                            answers.predicted(image),
                            LogProbabilities.of(probabilities));
                })
                .toList();
    }

    int classes() {
        return probabilities.length;
    }

    boolean isRight() {
        return predicted == label;
    }

    /** The share of right ones, 0 to 1. */
    static double accuracy(List<Result> results) {
        return results.stream().filter(Result::isRight).count() / (double) results.size();
    }

    /** Added up, as the stream does before it looks. */
    static Sums sums(List<Result> results) {
        int classes = results.get(0).classes();
        Sums sums = Sums.none(LogProbabilities.groups(classes));
        results.forEach(result -> sums.add(LogProbabilities.group(result.predicted(), classes), result.logs()));
        return sums;
    }

    /** The reference that a manifest has of such answers to its validation images. */
    static Reference reference(List<Result> validation) {
        return Reference.of(
                ModelReferences.of(
                        validation.stream().map(Result::probabilities).toArray(float[][]::new),
                        validation.stream().mapToInt(Result::label).toArray()),
                validation.get(0).classes());
    }
}
