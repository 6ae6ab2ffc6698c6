package dev.hemline.quality.drift;

import dev.hemline.event.DriftReference;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.drift.ReferenceWatch.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Watches the results of one version and source for drift: against the images that the version was validated with, if its
 * manifest tells, and against its own first live results, once there are enough. Not for several threads.
 */
public final class DriftWatch {
    private final double threshold;
    private final LiveResults first;
    private @Nullable ReferenceWatch validation;
    private @Nullable ReferenceWatch live;

    /**
     * @param groups of classes, as {@link dev.hemline.model.reference.LogProbabilities} has them
     * @param falseAlarms expected at most in a million results, while nothing changes
     */
    public DriftWatch(int groups, double falseAlarms) {
        this(new LiveResults(groups), null, null, threshold(falseAlarms));
    }

    DriftWatch(
            LiveResults first, @Nullable ReferenceWatch validation, @Nullable ReferenceWatch live, double threshold) {
        this.first = first;
        this.validation = validation;
        this.live = live;
        this.threshold = threshold;
    }

    /** The logarithm: with two references, each has half of what is allowed. */
    static double threshold(double falseAlarms) {
        return Math.log(2 * 1_000_000 / falseAlarms / Detector.SPACING);
    }

    /**
     * Results come.
     *
     * @param reference of the validation, if there is one
     * @return what is to be told
     */
    public List<Change> add(Batch batch, Optional<Reference> reference) {
        List<Change> changes = new ArrayList<>();
        if (validation == null && reference.isPresent()) {
            validation = watch(DriftReference.VALIDATION, reference.get(), results());
        }
        if (validation != null) {
            validation.add(batch).ifPresent(changes::add);
        }
        if (live != null) {
            live.add(batch).ifPresent(changes::add);
            return changes;
        }
        first.add(batch.sums());
        if (first.isComplete()) {
            live = watch(DriftReference.LIVE, first.reference(reference), results());
        }
        return changes;
    }

    private long results() {
        return live == null ? first.all().count() : live.detector().results();
    }

    private ReferenceWatch watch(DriftReference name, Reference reference, long before) {
        return new ReferenceWatch(name, new Detector(reference, before, List.of()), null, threshold);
    }

    int groups() {
        return first.all().groups();
    }

    /** The alarms that stand, as they would be told now. */
    List<Change> standing() {
        return Stream.of(validation(), live())
                .flatMap(Optional::stream)
                .flatMap(watch -> watch.toldAgain().stream())
                .toList();
    }

    LiveResults first() {
        return first;
    }

    Optional<ReferenceWatch> validation() {
        return Optional.ofNullable(validation);
    }

    Optional<ReferenceWatch> live() {
        return Optional.ofNullable(live);
    }
}
