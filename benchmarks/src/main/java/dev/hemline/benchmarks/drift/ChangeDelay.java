package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.Protocol.Halves;
import dev.hemline.benchmarks.drift.WatchedStream.Alarm;
import dev.hemline.event.DriftReference;
import dev.hemline.fashionmnist.Corruption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How soon a change is told that befalls pictures from one on.
 *
 * @param accuracy afterwards, 0 to 1
 * @param first until an alarm by either reference
 */
record ChangeDelay(String change, double accuracy, Delay first, Delay validation, Delay live) {
    private static final int MOST_RESULTS = 4_000;

    /** What befalls pictures, by name. */
    static Map<String, Corruption> changes() {
        Map<String, Corruption> changes = new LinkedHashMap<>();
        changes.put("half as bright", Corruption.darker(0.5));
        changes.put("brighter by 40", Corruption.brighter(40));
        changes.put("noise, sigma 10", Corruption.noise(10));
        changes.put("noise, sigma 50", Corruption.noise(50));
        changes.put("blurred, sigma 1", Corruption.blur(1));
        changes.put("rotated by 10 degrees", Corruption.rotate(10));
        changes.put("rotated by 15 degrees", Corruption.rotate(15));
        changes.put("shifted by 4 pixels", Corruption.shift(4, 0));
        changes.put("zoomed out to 0.8", Corruption.zoom(0.8));
        changes.put("zoomed in to 1.2", Corruption.zoom(1.2));
        changes.put("JPEG of quality 10", Corruption.jpeg(10));
        changes.put("inverted", Corruption.invert());
        changes.put("upside down", Corruption.flip());
        changes.put("one in ten rotated by 40", Corruption.rotate(40).befalling(0.1));
        return changes;
    }

    /** @param changed results to the same pictures */
    static ChangeDelay of(String change, List<Result> originals, List<Result> changed, Protocol protocol) {
        Predicate<List<Alarm>> both = alarms -> alarms.size() > 1;
        List<List<Alarm>> trials = protocol.chance().tried(protocol.trials(), change, random -> {
            Halves halves = Halves.of(originals, random);
            Traffic before = Traffic.of(halves.of(originals));
            WatchedStream stream = protocol.watched(halves.reference(), before.classes(), random);
            stream.take(before, WatchedStream.BEFORE);
            return stream.take(before.changed(halves.of(changed), 1), MOST_RESULTS, both);
        });
        return new ChangeDelay(
                change,
                Result.accuracy(changed),
                delay(trials, alarm -> true),
                delay(trials, alarm -> alarm.reference() == DriftReference.VALIDATION),
                delay(trials, alarm -> alarm.reference() == DriftReference.LIVE));
    }

    private static Delay delay(List<List<Alarm>> trials, Predicate<Alarm> counts) {
        return Delay.of(trials.stream()
                .map(alarms ->
                        alarms.stream().filter(counts).mapToInt(Alarm::results).findFirst())
                .toList());
    }
}
