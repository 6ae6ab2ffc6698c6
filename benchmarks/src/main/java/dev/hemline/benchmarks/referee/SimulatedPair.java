package dev.hemline.benchmarks.referee;

import dev.hemline.quality.experiment.Comparison;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Two versions that are asked about the same events: how often both are right, one is, or none.
 *
 * @param differences by true class, how much more often the candidate is right
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record SimulatedPair(double[] differences) {
    private static final int CLASSES = 10;
    private static final int SOURCES = 4;

    /** Segments that an experiment of these meets. */
    static final int SEGMENTS = CLASSES + SOURCES;

    /**
     * The share of events that one alone has right. Of reference models {@code tiny} and {@code large} it is 3.4 % of the test images; more
     * makes experiments longer.
     */
    static final double DISAGREEMENT = 0.06;

    /** One that is as much better for each class; negative: worse. */
    static SimulatedPair alike(double difference) {
        double[] differences = new double[CLASSES];
        Arrays.fill(differences, difference);
        return new SimulatedPair(differences);
    }

    /** One that is better for all classes but one. */
    static SimulatedPair exceptForOneClass(double difference, double ofOneClass) {
        SimulatedPair pair = alike(difference);
        pair.differences[0] = ofOneClass;
        return pair;
    }

    /** Of all events. */
    double difference() {
        return Arrays.stream(differences).average().orElseThrow();
    }

    /** How often one of the two is right and the other wrong, where all classes are alike. */
    static double disagreement(double difference) {
        return Math.max(DISAGREEMENT, Math.abs(difference) + 0.02);
    }

    Comparison next(RandomGenerator random) {
        int actual = random.nextInt(CLASSES);
        double difference = differences[actual];
        double disagreement = disagreement(difference);
        double drawn = random.nextDouble();
        boolean candidateAlone = drawn < (disagreement + difference) / 2;
        boolean incumbentAlone = !candidateAlone && drawn < disagreement;
        // Whether both are right or both wrong where they agree changes nothing.
        return new Comparison(actual, "camera-" + random.nextInt(SOURCES), !candidateAlone, !incumbentAlone);
    }
}
