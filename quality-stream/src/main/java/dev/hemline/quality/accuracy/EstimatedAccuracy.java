package dev.hemline.quality.accuracy;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.quality.score.Confidences;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How often a version was probably right, from how sure it was, without any label. That holds as long as pictures look like those it was
 * calibrated on, so there is none while an alarm says that they do not, or said so of some of the results.
 *
 * @param results that it is about, those of the last minutes
 * @param byConfidence their mean confidence, of a version whose manifest tells that it was calibrated
 * @param byThreshold the share that is as sure as the manifest's threshold (average thresholded confidence)
 * @param why one of them is not there, or both, in a sentence; null if both are
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EstimatedAccuracy(
        long results,
        @Nullable Double byConfidence,
        @Nullable Double byThreshold,
        @Nullable String why) {

    static EstimatedAccuracy none(long results, String why) {
        return new EstimatedAccuracy(results, null, null, why);
    }

    /** @param drifts why they are not known, or what was told */
    static EstimatedAccuracy of(
            ModelKey.Manifest version, Confidences counted, Instant from, LabelNames manifests, Drifts drifts) {
        long results = Math.round(counted.all());
        if (results == 0) {
            return none(0, "There are no results of it in these minutes");
        }
        if (drifts.unknown() != null) {
            return none(results, drifts.unknown());
        }
        Optional<Told> spoiling = ToldDrifts.spoiling(drifts.told(), version, from);
        if (spoiling.isPresent()) {
            return none(results, why(spoiling.get()));
        }
        Optional<List<String>> names = manifests.of(version);
        if (names.isEmpty()) {
            return none(results, "Topic models is still being read");
        }
        if (names.get().isEmpty()) {
            return none(results, "No manifest of it that is trusted is on topic models");
        }
        OptionalDouble threshold = manifests.confidenceThreshold(version);
        boolean calibrated = manifests.calibrated(version);
        return new EstimatedAccuracy(
                results,
                calibrated ? counted.sum() / counted.all() : null,
                threshold.isPresent() ? counted.atLeast(threshold.getAsDouble()) / counted.all() : null,
                missing(calibrated, threshold.isPresent()));
    }

    /**
     * What is known about drift.
     *
     * @param unknown why nothing is, in a sentence; null if it is
     */
    record Drifts(List<Told> told, @Nullable String unknown) {
        static final Drifts NONE = new Drifts(List.of(), null);
    }

    private static String why(Told told) {
        String source = BusiestSources.shown(told.alarm().getSource());
        Instant cleared = told.clearedSince();
        return cleared == null
                ? "Pictures of source " + source + " look otherwise since "
                        + told.alarm().getSinceAt().truncatedTo(SECONDS)
                        + ", so nobody knows how right answers are before labels come"
                : "Pictures of source " + source + " looked otherwise until " + cleared.truncatedTo(SECONDS)
                        + ", and results of then are among these";
    }

    private static @Nullable String missing(boolean calibrated, boolean threshold) {
        if (calibrated) {
            return threshold ? null : "Its manifest has no reference, so it tells no threshold";
        }
        return threshold
                ? "Its manifest does not tell that it was calibrated, so how sure it is tells nothing"
                : "Its manifest has no reference, and does not tell that it was calibrated";
    }
}
