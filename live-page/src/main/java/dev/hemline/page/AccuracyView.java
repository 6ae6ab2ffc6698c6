package dev.hemline.page;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.event.ModelManifest;
import dev.hemline.quality.accuracy.Accuracy;
import dev.hemline.quality.accuracy.AccuracyReport;
import dev.hemline.quality.accuracy.AccuracyReport.Complete;
import dev.hemline.quality.accuracy.AccuracyReport.Incomplete;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often versions were right, over all instances, and how the one that serves mixes classes up.
 *
 * @param at milliseconds since 1970
 * @param why there are no figures; null if there are
 * @param versions newest first
 */
record AccuracyView(
        long at,
        @Nullable String why,
        List<Version> versions,
        @Nullable Confusion confusion) {
    private static final int SHOWN = 12;

    /** @param total of which the matrix is left out, because only that of the one that serves is shown */
    record Version(
            String model,
            int version,

            @JsonUnwrapped @JsonIgnoreProperties("confusion")
            Accuracy total) {}

    /**
     * A confusion matrix.
     *
     * @param labels by class
     * @param cells those that have results
     */
    record Confusion(int version, List<String> labels, List<Accuracy.Cell> cells) {}

    static AccuracyView of(Optional<AccuracyReport> asked, Optional<ModelManifest> serving, Instant now) {
        if (asked.isEmpty()) {
            return none("This instance keeps no scores; it was started with --no-scores, or has just begun", now);
        }
        AccuracyReport report = asked.get();
        if (report instanceof Incomplete incomplete) {
            return none(incomplete.message(), now);
        }
        List<AccuracyReport.Version> all = ((Complete) report).versions();
        return new AccuracyView(
                now.toEpochMilli(),
                null,
                all.stream()
                        .filter(version -> serving.filter(one -> one.getName().equals(version.model()))
                                .isPresent())
                        // What is not on its topic has no names of classes: retired, or somebody's invention.
                        .sorted(Comparator.comparing(version -> version.labels().isEmpty()))
                        .limit(SHOWN)
                        .map(version -> new Version(version.model(), version.version(), version.total()))
                        .toList(),
                serving.flatMap(model -> confusion(model, all)).orElse(null));
    }

    private static AccuracyView none(String why, Instant now) {
        return new AccuracyView(now.toEpochMilli(), why, List.of(), null);
    }

    /** Without the matrix, which would make a history of these large. */
    AccuracyView brief() {
        return new AccuracyView(at, why, versions, null);
    }

    private static Optional<Confusion> confusion(ModelManifest serving, List<AccuracyReport.Version> versions) {
        return versions.stream()
                .filter(one ->
                        one.version() == serving.getVersion() && one.model().equals(serving.getName()))
                .findFirst()
                .map(one -> new Confusion(
                        one.version(), serving.getLabels(), one.total().confusion()));
    }
}
