package dev.hemline.page;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.event.ModelManifest;
import dev.hemline.quality.accuracy.Accuracy;
import dev.hemline.quality.accuracy.AccuracyReport;
import dev.hemline.quality.accuracy.AccuracyReport.Complete;
import dev.hemline.quality.accuracy.AccuracyReport.Incomplete;
import dev.hemline.quality.accuracy.EstimatedAccuracy;
import dev.hemline.quality.accuracy.SourceAccuracy;
import dev.hemline.quality.request.RequestedAccuracy;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often versions were right, over all instances, and how the one that serves mixes classes up and does on each source.
 *
 * @param at milliseconds since 1970
 * @param why there are no figures; null if there are
 * @param versions newest first
 */
record AccuracyView(
        long at,
        @Nullable String why,
        List<Version> versions,
        @Nullable Confusion confusion,
        @Nullable Sources sources,
        @Nullable Ways ways) {
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

    /**
     * What a version made of each source.
     *
     * @param all the busiest first, the rest last
     */
    record Sources(int version, List<SourceAccuracy> all) {}

    /**
     * The ways to know how right a version is.
     *
     * @param labelled by labels, whichever came
     * @param requested by labels that were asked for by lot; null before the first
     * @param estimate without labels, of the last minutes
     */
    record Ways(
            int version,
            @JsonIgnoreProperties("confusion") Accuracy labelled,
            @Nullable RequestedAccuracy requested,
            EstimatedAccuracy estimate) {}

    static AccuracyView of(
            Optional<AccuracyReport> asked,
            Optional<ModelManifest> serving,
            List<RequestedAccuracy> requested,
            Instant now) {
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
                        .filter(version -> version.total().scored() > 0)
                        .filter(version -> serving.filter(one -> one.getName().equals(version.model()))
                                .isPresent())
                        // What is not on its topic has no names of classes: retired, or somebody's invention.
                        .sorted(Comparator.comparing(version -> version.labels().isEmpty()))
                        .limit(SHOWN)
                        .map(version -> new Version(version.model(), version.version(), version.total()))
                        .toList(),
                serving.flatMap(model -> of(model, all)
                                .filter(one -> one.total().scored() > 0)
                                .map(one -> new Confusion(
                                        one.version(),
                                        model.getLabels(),
                                        one.total().confusion())))
                        .orElse(null),
                serving.flatMap(model -> of(model, all))
                        .map(one -> new Sources(one.version(), one.sources()))
                        .orElse(null),
                serving.flatMap(model -> of(model, all))
                        .map(one -> ways(one, requested))
                        .orElse(null));
    }

    private static Ways ways(AccuracyReport.Version version, List<RequestedAccuracy> requested) {
        return new Ways(
                version.version(),
                version.total(),
                requested.stream()
                        .filter(one -> one.version() == version.version()
                                && one.model().equals(version.model()))
                        .findFirst()
                        .orElse(null),
                version.estimate());
    }

    private static AccuracyView none(String why, Instant now) {
        return new AccuracyView(now.toEpochMilli(), why, List.of(), null, null, null);
    }

    /** Without the matrix and the sources, which would make a history of these large. */
    AccuracyView brief() {
        return new AccuracyView(at, why, versions, null, null, null);
    }

    private static Optional<AccuracyReport.Version> of(ModelManifest model, List<AccuracyReport.Version> versions) {
        return versions.stream()
                .filter(one ->
                        one.version() == model.getVersion() && one.model().equals(model.getName()))
                .findFirst();
    }
}
