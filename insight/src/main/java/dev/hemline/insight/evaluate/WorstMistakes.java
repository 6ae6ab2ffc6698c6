package dev.hemline.insight.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The wrong answers that a model was surest of. */
public final class WorstMistakes {
    private WorstMistakes() {}

    /** Places of images in the set, the surest first; at most {@code most} of them. */
    public static List<Integer> of(Answers answers, int most) {
        return IntStream.range(0, answers.size())
                .filter(image -> !answers.isRight(image))
                .boxed()
                .sorted(Comparator.comparingDouble(image -> -answers.confidence(image)))
                .limit(most)
                .toList();
    }
}
