package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Protocol.Halves;
import dev.hemline.benchmarks.drift.WatchedStream.Alarm;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.quality.drift.Detector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoubleFunction;
import java.util.random.RandomGenerator;

/**
 * How soon a change is told that grows evenly over {@value #RESULTS} results.
 *
 * @param delay from its first result on
 */
record Ramp(String change, Delay delay) {
    static final int RESULTS = 20_000;

    /** Each picture is asked about by itself, which takes longer than drawing from answers. */
    private static final int TRIALS_IN = 10;

    /** By name, what befalls a picture when so much of it has come, 0 to 1. */
    private static Map<String, DoubleFunction<Corruption>> changes() {
        Map<String, DoubleFunction<Corruption>> changes = new LinkedHashMap<>();
        changes.put("to half as bright", part -> Corruption.darker(1 - part / 2));
        changes.put("brighter, to 40", part -> Corruption.brighter(40 * part));
        changes.put("noise, to sigma 50", part -> Corruption.noise(50 * part));
        changes.put("rotated, to 15 degrees", part -> Corruption.rotate(15 * part));
        return changes;
    }

    static List<Ramp> all(AskedModel model, List<Result> originals, Protocol protocol) {
        List<Ramp> ramps = new ArrayList<>();
        int trials = Math.max(1, protocol.trials() / TRIALS_IN);
        changes().forEach((name, change) -> {
            List<OptionalInt> delays = new ArrayList<>();
            for (int trial = 0; trial < trials; trial++) {
                delays.add(trial(
                        model, originals, change, protocol, protocol.chance().random(name, trial)));
            }
            ramps.add(new Ramp(name, Delay.of(delays)));
        });
        return ramps;
    }

    private static OptionalInt trial(
            AskedModel model,
            List<Result> originals,
            DoubleFunction<Corruption> change,
            Protocol protocol,
            RandomGenerator random) {
        Halves halves = Halves.of(originals, random);
        Traffic before = Traffic.of(halves.of(originals));
        WatchedStream stream = protocol.watched(halves.reference(), before.classes(), random);
        stream.take(before, WatchedStream.BEFORE);
        int[] places = new int[Detector.SPACING];
        for (int seen = 0; seen < RESULTS; seen += places.length) {
            for (int i = 0; i < places.length; i++) {
                places[i] = halves.traffic()[random.nextInt(halves.traffic().length)];
            }
            List<Result> results = model.results(places, change.apply((double) seen / RESULTS), random);
            List<Alarm> alarms = stream.add(results, seen);
            if (!alarms.isEmpty()) {
                return OptionalInt.of(alarms.get(0).results());
            }
        }
        return OptionalInt.empty();
    }
}
