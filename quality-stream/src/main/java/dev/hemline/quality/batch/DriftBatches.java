package dev.hemline.quality.batch;

import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftGroup;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link Batch} as it travels on its topic. */
public final class DriftBatches {
    /** Ours have a few tens. */
    private static final int MOST_RESULTS = 10_000;

    private DriftBatches() {}

    /** To be read by {@link #read}. */
    public static DriftBatch written(SourceRow of, int classes, Batch batch) {
        Sums sums = batch.sums();
        List<DriftGroup> groups = new ArrayList<>();
        for (int group = 0; group < sums.groups(); group++) {
            if (sums.results()[group] > 0) {
                groups.add(new DriftGroup(
                        group,
                        sums.results()[group],
                        Arrays.stream(sums.logProbabilities()[group]).boxed().toList()));
            }
        }
        return new DriftBatch(
                of.version().name(),
                of.version().version(),
                of.source(),
                classes,
                batch.firstId(),
                Instant.ofEpochMilli(batch.firstAt()),
                groups);
    }

    /**
     * What was written.
     *
     * @throws IllegalArgumentException if no program of ours can have written it
     */
    public static Batch read(DriftBatch written) {
        new ModelKey.Manifest(written.getModelName(), written.getModelVersion());
        if (written.getClasses() < 1
                || !EventChecks.isId(written.getFirstId())
                || written.getSource().length() > EventChecks.MAX_NAME_CHARS) {
            throw new IllegalArgumentException("its classes, first id or source are none that a result can have");
        }
        Sums sums = Sums.none(LogProbabilities.groups(written.getClasses()));
        for (DriftGroup group : written.getGroups()) {
            if (!isPossible(group, sums.groups())) {
                throw new IllegalArgumentException("one of its groups is none that results can have");
            }
            sums.add(
                    group.getPredicted(),
                    group.getResults(),
                    group.getLogProbabilities().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray());
        }
        if (sums.count() < 1 || sums.count() > MOST_RESULTS) {
            throw new IllegalArgumentException("it has " + sums.count() + " results; it is 1 to " + MOST_RESULTS);
        }
        return new Batch(written.getFirstId(), written.getFirstAt().toEpochMilli(), sums);
    }

    private static boolean isPossible(DriftGroup group, int groups) {
        double least = Math.log(LogProbabilities.FLOOR) * group.getResults() - 1e-3;
        return group.getPredicted() >= 0
                && group.getPredicted() < groups
                && group.getResults() > 0
                && group.getResults() <= MOST_RESULTS
                && group.getLogProbabilities().size() == groups
                && group.getLogProbabilities().stream().allMatch(sum -> sum >= least && sum <= group.getResults());
    }
}
