package dev.hemline.benchmarks.drift;

import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.model.serving.Probabilities;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Answers to images of three classes that come equally often, as a fair model gives them. */
final class SimulatedResults {
    static final int CLASSES = 3;

    private SimulatedResults() {}

    /** @param moved by how much the first class's logit is larger than it would be */
    static List<Result> of(int images, double moved) {
        var random = new SplittableRandom(5);
        return IntStream.range(0, images)
                .mapToObj(image -> {
                    float[] logits = new float[CLASSES];
                    for (int label = 0; label < CLASSES; label++) {
                        logits[label] = (float)
                                (random.nextGaussian() + (label == image % CLASSES ? 3 : 0) + (label == 0 ? moved : 0));
                    }
                    float[] probabilities = Probabilities.softmax(logits, 0, CLASSES);
                    return new Result(
                            image % CLASSES,
                            probabilities,
                            Probabilities.mostLikely(probabilities),
                            LogProbabilities.of(probabilities));
                })
                .toList();
    }
}
