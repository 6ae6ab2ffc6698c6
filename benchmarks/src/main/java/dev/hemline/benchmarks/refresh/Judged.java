package dev.hemline.benchmarks.refresh;

import dev.hemline.insight.evaluate.Answers;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Which of the pictures that judge a version is right about.
 *
 * @param pictures how many there are
 * @param changed places of those that it has right when they are changed
 * @param clean places of those that it has right as they were
 */
record Judged(int pictures, BitSet changed, BitSet clean) {
    /** @param clean answers to the same pictures in the same order */
    static Judged of(Answers changed, Answers clean) {
        return new Judged(clean.size(), right(changed), right(clean));
    }

    private static BitSet right(Answers answers) {
        return IntStream.range(0, answers.size())
                .filter(answers::isRight)
                .collect(BitSet::new, BitSet::set, BitSet::or);
    }

    boolean isRight(int picture, boolean isChanged) {
        return (isChanged ? changed : clean).get(picture);
    }

    /** Of the changed pictures, 0 to 1. */
    double changedAccuracy() {
        return (double) changed.cardinality() / pictures;
    }

    /** Of the pictures as they were, 0 to 1. */
    double cleanAccuracy() {
        return (double) clean.cardinality() / pictures;
    }
}
