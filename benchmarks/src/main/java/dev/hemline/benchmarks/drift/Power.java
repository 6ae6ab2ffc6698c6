package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Shift.Change;
import dev.hemline.benchmarks.drift.WatchedStream.Alarm;
import dev.hemline.quality.drift.Detector;
import dev.hemline.quality.drift.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What share of the trials of a shift is told. Both detectors see the same results; the source sample of the paper's detector and our
 * reference are drawn from the answers to the same unshifted images.
 *
 * @param accuracy of the shifted results, 0 to 1
 * @param delay until ours gives an alarm, of either kind and by either reference
 * @param early trials in which it had given one before the shift, which count as missed
 */
record Power(String shift, double accuracy, Delay delay, int early, List<Point> points) {
    /** For each trial so many undrifted samples, that the thresholds of {@link OneLook} are taken from; at least twenty. */
    private static final int CALIBRATION = 4;

    private static final int FEWEST = 20;

    /**
     * After so many results.
     *
     * @param hemline the share of trials in which ours has given an alarm by then
     * @param oneLook in which its evidence is more than 95 % of undrifted samples show
     * @param bbsds in which the paper's detector rings at 5 %
     * @param bbsdsInStream in which it rings at the level that a stream of our budget leaves to each look, one with every window of ours
     */
    record Point(int results, double hemline, double oneLook, double bbsds, double bbsdsInStream) {}

    /**
     * One trial.
     *
     * @param oneLook whether our evidence rings, by size
     * @param bbsds p-values by size
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Outcome(double accuracy, boolean early, OptionalInt delay, boolean[] oneLook, double[] bbsds) {}

    /**
     * Measures.
     *
     * @param changed results to the same pictures after each change
     */
    static List<Power> of(
            List<Shift> shifts, List<Result> originals, Map<Change, List<Result>> changed, Protocol protocol) {
        Traffic traffic = Traffic.of(originals);
        List<Integer> sizes = protocol.sizes();
        int most = sizes.get(sizes.size() - 1);
        OneLook look = OneLook.calibrated(
                sizes,
                protocol.chance()
                        .tried(
                                Math.max(FEWEST, CALIBRATION * protocol.trials()),
                                "calibration",
                                random -> OneLook.evidence(
                                        sizes, validation(traffic, random), traffic.next(most, random))));
        List<List<Outcome>> trials = protocol.chance().tried(protocol.trials(), "power", random -> {
            Reference validation = validation(traffic, random);
            List<double[][]> source = sorted(sizes, traffic.next(most, random));
            return shifts.stream()
                    .map(shift -> {
                        List<Result> target = shift.of(traffic, changed).next(most, random);
                        return outcome(traffic, target, validation, source, look, protocol, random);
                    })
                    .toList();
        });
        return IntStream.range(0, shifts.size())
                .mapToObj(shift -> of(
                        shifts.get(shift),
                        protocol,
                        trials.stream().map(trial -> trial.get(shift)).toList()))
                .toList();
    }

    private static Reference validation(Traffic traffic, RandomGenerator random) {
        return Result.reference(traffic.next(Protocol.VALIDATION, random));
    }

    private static List<double[][]> sorted(List<Integer> sizes, List<Result> results) {
        return sizes.stream().map(size -> Bbsds.sorted(results, size)).toList();
    }

    private static Outcome outcome(
            Traffic before,
            List<Result> target,
            Reference validation,
            List<double[][]> source,
            OneLook look,
            Protocol protocol,
            RandomGenerator random) {
        WatchedStream stream = protocol.watched(validation, before.classes(), random);
        boolean early = !stream.take(before, WatchedStream.BEFORE).isEmpty();
        List<double[][]> now = sorted(protocol.sizes(), target);
        double[] bbsds = new double[source.size()];
        for (int size = 0; size < bbsds.length; size++) {
            bbsds[size] = Bbsds.pValue(source.get(size), now.get(size));
        }
        return new Outcome(
                Result.accuracy(target),
                early,
                early ? OptionalInt.empty() : firstAlarm(stream, target),
                look.rings(OneLook.evidence(protocol.sizes(), validation, target)),
                bbsds);
    }

    private static OptionalInt firstAlarm(WatchedStream stream, List<Result> results) {
        for (int seen = 0; seen < results.size(); seen += Detector.SPACING) {
            List<Alarm> alarms =
                    stream.add(results.subList(seen, Math.min(seen + Detector.SPACING, results.size())), seen);
            if (!alarms.isEmpty()) {
                return OptionalInt.of(alarms.get(0).results());
            }
        }
        return OptionalInt.empty();
    }

    private static Power of(Shift shift, Protocol protocol, List<Outcome> outcomes) {
        List<Integer> sizes = protocol.sizes();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int size = i;
            int results = sizes.get(i);
            points.add(new Point(
                    results,
                    share(outcomes, outcome -> outcome.delay().orElse(Integer.MAX_VALUE) <= results),
                    share(outcomes, outcome -> outcome.oneLook()[size]),
                    share(outcomes, outcome -> outcome.bbsds()[size] < Bbsds.LEVEL),
                    share(outcomes, outcome -> outcome.bbsds()[size] < protocol.levelOfALook())));
        }
        return new Power(
                shift.toString(),
                outcomes.stream().mapToDouble(Outcome::accuracy).average().orElse(Double.NaN),
                Delay.of(outcomes.stream().map(Outcome::delay).toList()),
                (int) outcomes.stream().filter(Outcome::early).count(),
                points);
    }

    private static double share(List<Outcome> outcomes, Predicate<Outcome> rings) {
        return outcomes.stream().filter(rings).count() / (double) outcomes.size();
    }
}
