package dev.hemline.benchmarks.drift;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.drift.Detector;
import dev.hemline.quality.drift.DriftWatch;
import dev.hemline.quality.drift.LiveResults;
import dev.hemline.quality.drift.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Results of one version and source, watched by the product's own {@link DriftWatch}: by the reference of the validation, and by
 * the first {@value LiveResults#WANTED} of these results. They come in batches of {@value Detector#SPACING}, as they do in a stream
 * that is busy. Not for several threads.
 */
final class WatchedStream {
    /** Results before a change: those of the live reference, and some that both references have compared. */
    static final int BEFORE = LiveResults.WANTED + 500;

    private final DriftWatch watch;
    private final Optional<Reference> validation;
    private final RandomGenerator random;

    /**
     * An alarm.
     *
     * @param results how many there were since the change
     */
    record Alarm(DriftReference reference, DriftKind kind, int results) {}

    /**
     * @param falseAlarms expected at most in a million results
     * @param random draws results
     */
    WatchedStream(int groups, Reference validation, double falseAlarms, RandomGenerator random) {
        watch = new DriftWatch(groups, falseAlarms);
        this.validation = Optional.of(validation);
        this.random = random;
    }

    /** Takes results of that traffic, and gives the alarms. */
    List<Alarm> take(Traffic traffic, int results) {
        return take(traffic, results, alarms -> false);
    }

    /** The same in batches of 1 to {@value Detector#SPACING}, as they come where so many take longer than a second. */
    List<Alarm> takeSlowly(Traffic traffic, int results) {
        List<Alarm> alarms = new ArrayList<>();
        int size;
        for (int seen = 0; seen < results; seen += size) {
            size = random.nextInt(1, Detector.SPACING + 1);
            alarms.addAll(add(traffic.next(size, random), seen));
        }
        return alarms;
    }

    /** The same, until there are enough alarms. */
    List<Alarm> take(Traffic traffic, int results, Predicate<List<Alarm>> enough) {
        List<Alarm> alarms = new ArrayList<>();
        for (int seen = 0; seen < results && !enough.test(alarms); seen += Detector.SPACING) {
            alarms.addAll(add(traffic.next(Detector.SPACING, random), seen));
        }
        return alarms;
    }

    /**
     * Takes the next results.
     *
     * @param before how many there were since the change
     */
    List<Alarm> add(List<Result> results, int before) {
        return watch.add(new Batch("", 0, Result.sums(results)), validation).stream()
                .filter(change -> change.state() == DriftState.ALARM)
                .map(change -> new Alarm(change.reference(), change.kind(), before + results.size()))
                .toList();
    }
}
