package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Protocol.Halves;
import dev.hemline.benchmarks.drift.WatchedStream.Alarm;
import dev.hemline.event.DriftKind;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * What is said where classes come more or less often, and pictures are as before.
 *
 * @param results of each trial after the change
 * @param noticed the share of trials with an alarm, 0 to 1
 * @param mixAlarms those that say so, of both references together
 * @param pictureAlarms those that blame the pictures, which is wrong
 */
record ClassMixes(String mix, int results, double noticed, int mixAlarms, int pictureAlarms) {
    private static final int RESULTS = 4_000;

    /** A way to change the mix. */
    enum Kind {
        TWICE("one class twice as often", (classes, random) -> one(classes, 1, 2, random)),
        THREE_TIMES("one class three times as often", (classes, random) -> one(classes, 1, 3, random)),
        TEN_TIMES("one class ten times as often", (classes, random) -> one(classes, 1, 10, random)),
        GONE("one class gone", (classes, random) -> one(classes, 1, 0, random)),
        HALF_GONE("half of the classes gone", Kind::halfGone),
        ALONE("one class alone", (classes, random) -> one(classes, 0, 1, random)),
        EVEN("shares drawn evenly", (classes, random) -> drawn(classes, () -> -Math.log(1 - random.nextDouble()))),
        UNEVEN(
                "shares drawn, mostly small or large",
                (classes, random) -> drawn(classes, () -> Math.pow(random.nextGaussian(), 2)));

        private final String title;

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final Factors factors;

        Kind(String title, Factors factors) {
            this.title = title;
            this.factors = factors;
        }

        /** How many times as often as before each class comes, up to a factor. */
        @FunctionalInterface
        private interface Factors {
            double[] of(int classes, RandomGenerator random);
        }

        double[] factors(int classes, RandomGenerator random) {
            return factors.of(classes, random);
        }

        private static double[] one(int classes, double others, double one, RandomGenerator random) {
            double[] factors = new double[classes];
            Arrays.fill(factors, others);
            factors[random.nextInt(classes)] = one;
            return factors;
        }

        private static double[] halfGone(int classes, RandomGenerator random) {
            double[] factors = new double[classes];
            Arrays.fill(factors, 1);
            for (int gone = 0; gone < classes / 2; ) {
                int label = random.nextInt(classes);
                gone += factors[label] > 0 ? 1 : 0;
                factors[label] = 0;
            }
            return factors;
        }

        private static double[] drawn(int classes, DoubleSupplier share) {
            double[] factors = new double[classes];
            Arrays.setAll(factors, label -> share.getAsDouble());
            return factors;
        }
    }

    static ClassMixes of(Kind kind, List<Result> originals, Protocol protocol) {
        List<List<Alarm>> trials = protocol.chance().tried(protocol.trials(), kind.title, random -> {
            Halves halves = Halves.of(originals, random);
            Traffic before = Traffic.of(halves.of(originals));
            WatchedStream stream = protocol.watched(halves.reference(), before.classes(), random);
            stream.take(before, WatchedStream.BEFORE);
            return stream.take(before.times(kind.factors(before.classes(), random)), RESULTS);
        });
        List<Alarm> alarms = trials.stream().flatMap(List::stream).toList();
        int pictures = (int) alarms.stream()
                .filter(alarm -> alarm.kind() == DriftKind.PICTURES)
                .count();
        return new ClassMixes(
                kind.title,
                RESULTS,
                trials.stream().filter(told -> !told.isEmpty()).count() / (double) trials.size(),
                alarms.size() - pictures,
                pictures);
    }
}
