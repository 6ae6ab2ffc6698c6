package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.drift.Detector;
import dev.hemline.quality.drift.Reference;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How often everything is tried, and by what chance.
 *
 * @param trials of each shift, change or mix
 * @param falseAlarms that the detector is allowed in a million results
 * @param sizes of samples, rising
 */
record Protocol(Chance chance, int trials, double falseAlarms, List<Integer> sizes) {
    /** Images of a validation, as a training of Fashion-MNIST has them. */
    static final int VALIDATION = 5_000;

    /**
     * Images cut in two: of the answers to one half a reference is made, traffic has the other half. That is harder than traffic
     * from wherever the reference is from.
     *
     * @param traffic places of its images
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Halves(Reference reference, int[] traffic) {
        static Halves of(List<Result> originals, RandomGenerator random) {
            int[] places = IntStream.range(0, originals.size()).toArray();
            for (int i = places.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int place = places[i];
                places[i] = places[other];
                places[other] = place;
            }
            IntFunction<Result> result = originals::get;
            int half = places.length / 2;
            return new Halves(
                    Result.reference(IntStream.range(0, half)
                            .map(i -> places[i])
                            .mapToObj(result)
                            .toList()),
                    IntStream.range(half, places.length).map(i -> places[i]).toArray());
        }

        /** The traffic's half of these. */
        List<Result> of(List<Result> results) {
            return IntStream.of(traffic).mapToObj(results::get).toList();
        }
    }

    /** For a test that is asked with every so many results as a window of ours begins, and is to keep the same budget. */
    double levelOfALook() {
        return falseAlarms * Detector.SPACING / 1_000_000;
    }

    WatchedStream watched(Reference validation, int classes, RandomGenerator random) {
        return new WatchedStream(LogProbabilities.groups(classes), validation, falseAlarms, random);
    }
}
