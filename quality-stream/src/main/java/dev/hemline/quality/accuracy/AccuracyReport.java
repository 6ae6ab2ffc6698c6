package dev.hemline.quality.accuracy;

import dev.hemline.quality.accuracy.EstimatedAccuracy.Drifts;
import dev.hemline.quality.score.ConfidenceCell;
import dev.hemline.quality.score.Confidences;
import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.source.SourceCounts;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.topic.ModelKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What {@code GET /accuracy} answers, as JSON field by field. */
public sealed interface AccuracyReport {
    boolean complete();

    /**
     * Every partition was reached.
     *
     * @param from where the recent minutes begin
     * @param to where the minute under way begins, the last of the recent ones
     * @param versions newest first
     */
    record Complete(boolean complete, int partitions, String from, String to, List<Version> versions)
            implements AccuracyReport {}

    /** Some were not; sums without them would be wrong, so there are none. */
    record Incomplete(
            boolean complete,
            int partitions,
            List<Integer> missingPartitions,
            Map<String, String> unreachable,
            String message)
            implements AccuracyReport {}

    /**
     * One version, by its name and number.
     *
     * @param labels the names of its classes; none if its manifest is not there any more
     * @param total all its results
     * @param recent those of the last minutes, by when it answered
     * @param estimate of all results of the last minutes, without labels
     * @param sources all its results since they are counted by source; none while an instance of a release is there that does not
     */
    record Version(
            String model,
            int version,
            List<String> labels,
            Accuracy total,
            Accuracy recent,
            EstimatedAccuracy estimate,
            List<SourceAccuracy> sources) {}

    /** @param drifts what is known about drift, which is asked for where there are counts */
    static AccuracyReport of(AllCounts found, Span recent, LabelNames names, Supplier<Drifts> drifts) {
        int partitions = found.partitions().size() + found.missing().size();
        if (!found.missing().isEmpty()) {
            return new Incomplete(
                    false,
                    partitions,
                    found.missing(),
                    found.unreachable(),
                    "No instance that could be reached has partitions " + found.missing()
                            + " right now; instances find each other by --advertised-http");
        }
        Map<ModelKey.Manifest, Map<ConfusionCell, Long>> total = byVersion(found, PartitionCounts::total);
        Map<ModelKey.Manifest, Map<ConfusionCell, Long>> last = byVersion(found, PartitionCounts::recent);
        Map<ModelKey.Manifest, Map<String, SourceCounts>> sources = bySource(found);
        Optional<Map<ModelKey.Manifest, Map<Integer, Long>>> confidences = byConfidence(found);
        Drifts told = drifts.get();
        // Of those that no label has come for yet, too.
        List<Version> versions = Stream.concat(total.keySet().stream(), sources.keySet().stream())
                .distinct()
                .sorted(Comparator.comparing(ModelKey.Manifest::name)
                        .thenComparing(ModelKey.Manifest::version, Comparator.reverseOrder()))
                .map(version -> new Version(
                        version.name(),
                        version.version(),
                        names.of(version).orElse(List.of()),
                        Accuracy.of(total.getOrDefault(version, Map.of())),
                        Accuracy.of(last.getOrDefault(version, Map.of())),
                        confidences
                                .map(all -> estimate(version, all, recent, names, told))
                                .orElseGet(() -> EstimatedAccuracy.none(
                                        0, "An instance of an earlier release does not count what this needs")),
                        SourceAccuracy.of(sources.getOrDefault(version, Map.of()))))
                .toList();
        return new Complete(
                true, partitions, recent.from().toString(), recent.to().toString(), versions);
    }

    private static EstimatedAccuracy estimate(
            ModelKey.Manifest version,
            Map<ModelKey.Manifest, Map<Integer, Long>> confidences,
            Span recent,
            LabelNames names,
            Drifts drifts) {
        Map<Integer, Long> bins = confidences.getOrDefault(version, Map.of());
        return EstimatedAccuracy.of(
                version, new Confidences(bin -> bins.getOrDefault(bin, 0L)), recent.from(), names, drifts);
    }

    /** Empty if an instance does not count so. */
    private static Optional<Map<ModelKey.Manifest, Map<Integer, Long>>> byConfidence(AllCounts found) {
        Map<ModelKey.Manifest, Map<Integer, Long>> versions = new HashMap<>();
        for (PartitionCounts partition : found.partitions().values()) {
            Map<String, Long> cells = partition.confidences();
            if (cells == null) {
                return Optional.empty();
            }
            cells.forEach((text, results) -> {
                ConfidenceCell cell = ConfidenceCell.parse(text).orElseThrow();
                versions.computeIfAbsent(cell.version(), version -> new HashMap<>())
                        .merge(cell.bin(), results, Long::sum);
            });
        }
        return Optional.of(versions);
    }

    /** Sums without one partition would be wrong, so there are none. */
    private static Map<ModelKey.Manifest, Map<String, SourceCounts>> bySource(AllCounts found) {
        Map<ModelKey.Manifest, Map<String, SourceCounts>> versions = new HashMap<>();
        for (PartitionCounts partition : found.partitions().values()) {
            Map<String, SourceCounts> rows = partition.sources();
            if (rows == null) {
                return Map.of();
            }
            rows.forEach((text, counts) -> {
                SourceRow row = SourceRow.parse(text).orElseThrow();
                versions.computeIfAbsent(row.version(), version -> new HashMap<>())
                        .merge(row.source(), counts, SourceCounts::plus);
            });
        }
        return versions;
    }

    private static Map<ModelKey.Manifest, Map<ConfusionCell, Long>> byVersion(
            AllCounts found, Function<PartitionCounts, Map<String, Long>> part) {
        Map<ModelKey.Manifest, Map<ConfusionCell, Long>> versions = new HashMap<>();
        for (PartitionCounts partition : found.partitions().values()) {
            part.apply(partition).forEach((text, results) -> {
                ConfusionCell cell = ConfusionCell.parse(text).orElseThrow();
                versions.computeIfAbsent(cell.version(), version -> new HashMap<>())
                        .merge(cell, results, Long::sum);
            });
        }
        return versions;
    }
}
