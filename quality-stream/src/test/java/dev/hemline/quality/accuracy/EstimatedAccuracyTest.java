package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.ModelReference;
import dev.hemline.quality.accuracy.EstimatedAccuracy.Drifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.quality.drift.ToldDriftsTest;
import dev.hemline.quality.score.Confidences;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.TestManifests;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EstimatedAccuracyTest {
    private static final ModelKey.Manifest VERSION = new ModelKey.Manifest("m", 3);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ModelReference REFERENCE = new ModelReference(10, List.of(), List.of(), List.of(), 0.6f);
    /** Eight results that are sure, two that are not. */
    private static final Confidences COUNTED =
            new Confidences(bin -> bin == Confidences.bin(0.95) ? 8 : bin == Confidences.bin(0.4) ? 2 : 0);

    private static LabelNames manifests(Map<String, String> training, @Nullable ModelReference reference) {
        return new TestManifests()
                .put(TestManifests.manifest(3)
                        .setTraining(training)
                        .setReference(reference)
                        .build())
                .names();
    }

    private static EstimatedAccuracy estimate(LabelNames manifests, Drifts drifts) {
        return EstimatedAccuracy.of(VERSION, COUNTED, NOON, manifests, drifts);
    }

    private static Told alarm(DriftKind kind, String source) {
        return new Told(
                ToldDriftsTest.drift(DriftState.ALARM, kind, DriftReference.LIVE, source, NOON.minusSeconds(60)), null);
    }

    @Test
    void shouldTakeConfidenceForAccuracyWhereItIsCalibratedAndTheShareAboveTheThreshold() {
        EstimatedAccuracy estimate = estimate(manifests(Map.of("logitTemperature", "0.65"), REFERENCE), Drifts.NONE);

        assertThat(estimate.results()).isEqualTo(10);
        assertThat(estimate.byConfidence()).isCloseTo(0.84, within(0.01));
        assertThat(estimate.byThreshold()).isCloseTo(0.8, within(1e-9));
        assertThat(estimate.why()).isNull();
    }

    @Test
    void shouldTellWhichOfTheTwoAManifestAllows() {
        EstimatedAccuracy former = estimate(manifests(Map.of("logitTemperature", "0.65"), null), Drifts.NONE);
        EstimatedAccuracy stranger = estimate(manifests(Map.of("logitTemperature", "warm"), null), Drifts.NONE);
        EstimatedAccuracy uncalibrated = estimate(manifests(Map.of(), REFERENCE), Drifts.NONE);

        assertThat(former.byConfidence()).isNotNull();
        assertThat(former.byThreshold()).isNull();
        assertThat(former.why()).contains("no reference");
        assertThat(stranger.byConfidence()).isNull();
        assertThat(stranger.byThreshold()).isNull();
        assertThat(stranger.why()).contains("no reference").contains("calibrated");
        assertThat(uncalibrated.byConfidence()).isNull();
        assertThat(uncalibrated.byThreshold()).isNotNull();
        assertThat(uncalibrated.why()).contains("calibrated");
    }

    @Test
    void shouldEstimateNothingWhileAnAlarmAboutPicturesOfAnySourceStandsOrNobodyKnows() {
        LabelNames manifests = manifests(Map.of("logitTemperature", "0.65"), REFERENCE);

        assertThat(estimate(manifests, new Drifts(List.of(alarm(DriftKind.PICTURES, "warehouse-3")), null)))
                .isEqualTo(EstimatedAccuracy.none(
                        10,
                        "Pictures of source warehouse-3 look otherwise since 2026-03-01T11:59:00Z, so nobody knows how"
                                + " right answers are before labels come"));
        assertThat(estimate(manifests, new Drifts(List.of(), "Topic drift cannot be read")))
                .isEqualTo(EstimatedAccuracy.none(10, "Topic drift cannot be read"));
        assertThat(estimate(manifests, new Drifts(List.of(alarm(DriftKind.MIX, "")), null))
                        .byConfidence())
                .isNotNull();
    }

    @Test
    void shouldEstimateNothingOfResultsThatWereAnsweredBeforeTheAllClear() {
        LabelNames manifests = manifests(Map.of("logitTemperature", "0.65"), REFERENCE);
        Told cleared = new Told(alarm(DriftKind.PICTURES, "").alarm(), NOON.plusSeconds(30));

        assertThat(estimate(manifests, new Drifts(List.of(cleared), null)).why())
                .isEqualTo(
                        "Pictures of source other looked otherwise until 2026-03-01T12:00:30Z, and results of then are"
                                + " among these");
        assertThat(EstimatedAccuracy.of(
                                VERSION, COUNTED, NOON.plusSeconds(60), manifests, new Drifts(List.of(cleared), null))
                        .why())
                .isNull();
    }

    @Test
    void shouldSayWhatItWaitsFor() {
        LabelNames notRead = new LabelNames(() -> {
            throw new InvalidStateStoreException("not read yet");
        });

        assertThat(estimate(notRead, Drifts.NONE).why()).contains("still being read");
        assertThat(EstimatedAccuracy.of(
                                new ModelKey.Manifest("m", 4), COUNTED, NOON, manifests(Map.of(), null), Drifts.NONE)
                        .why())
                .contains("No manifest of it");
        assertThat(EstimatedAccuracy.of(VERSION, new Confidences(bin -> 0), NOON, notRead, Drifts.NONE)
                        .why())
                .contains("no results");
    }
}
