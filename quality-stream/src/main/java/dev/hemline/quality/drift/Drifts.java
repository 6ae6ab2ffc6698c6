package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.MovedClass;
import dev.hemline.quality.drift.ReferenceWatch.Change;
import dev.hemline.quality.source.SourceRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Changes as they travel on their topic. */
final class Drifts {
    private static final int CLASSES_TOLD = 3;

    private Drifts() {}

    static Drift of(SourceRow key, Change change, Instant at) {
        Window since = change.since();
        boolean pictures = change.kind() == DriftKind.PICTURES;
        return new Drift(
                key.version().name(),
                key.version().version(),
                key.source(),
                change.state(),
                change.kind(),
                change.reference(),
                since.firstId(),
                Instant.ofEpochMilli(since.firstAt()),
                since.start(),
                (long) since.count(),
                change.logEvidence(),
                change.threshold(),
                pictures
                        ? change.before().strength(since.counts(), since.deviation())
                        : change.before().mixStrength(since.counts()),
                classes(change.before(), since, pictures),
                at);
    }

    private static List<MovedClass> classes(Reference before, Window since, boolean pictures) {
        double[] shares = before.shares();
        double[] moved = before.moved(since.counts(), since.deviation());
        double all = since.count();
        IntToDoubleFunction most = pictures
                ? group -> Math.abs(moved[group])
                : group -> Math.abs(since.counts()[group] / all - shares[group]);
        return IntStream.range(0, moved.length)
                .boxed()
                .sorted(Comparator.comparingDouble(group -> -most.applyAsDouble(group)))
                .limit(CLASSES_TOLD)
                .map(group -> new MovedClass(
                        group, (float) shares[group], (float) (since.counts()[group] / all), (float) moved[group]))
                .toList();
    }
}
