package dev.hemline.trainer;

import dev.hemline.model.publish.Retention;
import dev.hemline.service.DurationConverter;
import dev.hemline.trainer.reservoir.Quotas;
import dev.hemline.trainer.training.Recipe;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a trainer that stays up trains, and what it keeps. Use as a picocli {@code @Mixin}. */
final class TrainerOptions {
    private static final int MOST_KEPT = 1_000_000;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Train again this long after the newest version was made, with another seed: 30m, 6h, 1d."
                    + " Default: when there is no model, and on request")
    private @Nullable Duration every;

    @Option(names = "--at-start", description = "Train when started even if there is a model already")
    boolean atStart;

    @Option(
            names = "--force",
            description = "Publish what comes of a training even if it is worse than the version that serves")
    boolean force;

    @Option(
            names = "--keep-versions",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "After each training, retire all versions but the newest N and the one that is pinned; 0 keeps"
                            + " all. Default: ${DEFAULT-VALUE}")
    int keepVersions = 10;

    @Option(
            names = "--reservoir",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "Keep so many labelled pictures of live traffic at most, of each class as many, to refresh what serves with;"
                            + " 0 for none. Default: ${DEFAULT-VALUE}")
    int reservoir = 5000;

    @Option(
            names = "--reservoir-window",
            paramLabel = "DURATION",
            defaultValue = "1d",
            converter = DurationConverter.class,
            description = "How far back it is filled from when the trainer starts. Default: ${DEFAULT-VALUE}")
    Duration reservoirWindow = Duration.ofDays(1);

    @Option(
            names = "--most-labels-of-one",
            paramLabel = "N",
            description = "A refresh learns from so many labels of one labeller at most. Default: of all")
    @Nullable
    Integer mostLabelsOfOne;

    @Option(
            names = "--most-labels-of-a-source",
            paramLabel = "N",
            description = "Of one source's pictures it learns from so many at most. Default: of all")
    @Nullable
    Integer mostLabelsOfASource;

    /** @throws IllegalArgumentException if the number makes no sense */
    void check() {
        Recipe.require(keepVersions >= 0, "--keep-versions is 0 (all) or more, not " + keepVersions);
        Recipe.require(
                reservoir >= 0 && reservoir <= MOST_KEPT, "--reservoir is 0 to " + MOST_KEPT + ", not " + reservoir);
        requirePositive("--most-labels-of-one", mostLabelsOfOne);
        requirePositive("--most-labels-of-a-source", mostLabelsOfASource);
    }

    private static void requirePositive(String flag, @Nullable Integer number) {
        Recipe.require(number == null || number >= 1, flag + " is at least 1, not " + number);
    }

    Quotas quotas() {
        return new Quotas(
                mostLabelsOfOne == null ? Quotas.NONE.ofLabeller() : mostLabelsOfOne,
                mostLabelsOfASource == null ? Quotas.NONE.ofSource() : mostLabelsOfASource);
    }

    /** Which old versions go; empty to keep all. */
    Optional<Retention> retention() {
        return keepVersions == 0 ? Optional.empty() : Optional.of(new Retention(keepVersions));
    }

    /** When the next training is due. */
    Optional<Instant> due(Instant lastEnd) {
        return Optional.ofNullable(every).map(lastEnd::plus);
    }

    boolean isDue(Instant lastEnd) {
        return due(lastEnd).filter(due -> !due.isAfter(Instant.now())).isPresent();
    }
}
