package dev.hemline.quality.drift;

import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.model.reference.ModelReferences;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.batch.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model of five classes that mixes the first two up now and then, and pictures for it. Of changed pictures its logits are
 * otherwise, of another mix only the classes.
 */
final class SimulatedModel {
    static final int CLASSES = 5;
    static final double[] EVEN = {0.2, 0.2, 0.2, 0.2, 0.2};
    static final double[] UNEVEN = {0.55, 0.05, 0.2, 0.2, 0};

    private final Random random;
    private double[] mix = EVEN;
    private double change;

    SimulatedModel(long seed) {
        random = new Random(seed);
    }

    SimulatedModel mix(double... shares) {
        mix = shares.clone();
        return this;
    }

    /** @param by how far one class's logit is moved: its standard deviation is 1.2 */
    SimulatedModel pictures(double by) {
        change = by;
        return this;
    }

    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Answer(int actual, float[] probabilities) {}

    Answer answer() {
        int actual = 0;
        double left = random.nextDouble();
        while (actual < CLASSES - 1 && left >= mix[actual]) {
            left -= mix[actual++];
        }
        float[] logits = new float[CLASSES];
        for (int label = 0; label < CLASSES; label++) {
            double mean = label == actual ? 4 : actual < 2 && label < 2 ? 2.5 : 0;
            logits[label] = (float) (mean + 1.2 * random.nextGaussian() + (label == 2 ? change : 0));
        }
        return new Answer(actual, Probabilities.softmax(logits, 0, CLASSES));
    }

    /** A reference of so many answers, as a manifest has it. */
    Reference validation(int images) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            answers.add(answer());
        }
        return Reference.of(
                ModelReferences.of(
                        answers.stream().map(Answer::probabilities).toArray(float[][]::new),
                        answers.stream().mapToInt(Answer::actual).toArray()),
                CLASSES);
    }

    /** The next results, whose first event is named by their place. */
    Batch batch(int results, long place) {
        Sums sums = Sums.none(CLASSES);
        for (int i = 0; i < results; i++) {
            float[] probabilities = answer().probabilities();
            sums.add(Probabilities.mostLikely(probabilities), LogProbabilities.of(probabilities));
        }
        return new Batch("event-" + place, place, sums);
    }

    /** So many results in batches. */
    List<Batch> batches(int results, long place) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < results; i += Detector.SPACING) {
            batches.add(batch(Detector.SPACING, place + i));
        }
        return batches;
    }
}
