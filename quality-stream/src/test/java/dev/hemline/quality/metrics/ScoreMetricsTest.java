package dev.hemline.quality.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.Answer;
import dev.hemline.event.ModelReference;
import dev.hemline.event.Score;
import dev.hemline.quality.score.ConfusionCell;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.score.LabelOutcome;
import dev.hemline.quality.score.TestManifests;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.service.SeriesLimits;
import dev.hemline.topic.ModelKey;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TestManifests manifests = new TestManifests();
    private boolean modelsAreRead = true;
    private Optional<ModelKey.Manifest> serving = Optional.empty();
    private final ScoreMetrics metrics = new ScoreMetrics(registry, new LabelNames(this::models), () -> serving);

    private KeyValueStore<String, byte[]> models() {
        if (!modelsAreRead) {
            throw new InvalidStateStoreException("not read yet");
        }
        return manifests.store();
    }

    private void answered(int version, String source, float confidence) {
        metrics.answered(new Answer("m", version, 7, 10, confidence, Instant.EPOCH, source, null));
    }

    private double ofSource(String series, String source) {
        return registry.get(series).tag("source", source).functionCounter().count();
    }

    private void scored(int version, int predicted, int actual, @Nullable Integer replaces) {
        metrics.scored(new Score("a", "m", version, predicted, actual, 0.5f, 2_000L, replaces, "s", "it"));
    }

    private static ConfusionCell cell(int version, int actual, int predicted) {
        return new ConfusionCell(new ModelKey.Manifest("m", version), actual, predicted);
    }

    private Set<String> versionsOf(String series) {
        return registry.find(series).meters().stream()
                .map(Meter::getId)
                .map(id -> id.getTag("version"))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldCountFirstVerdictsByTrueClass() {
        scored(1, 7, 7, null);
        scored(1, 7, 9, null);
        scored(1, 7, 7, 9);
        metrics.refresh();

        assertThat(registry.get("hemline.scored")
                        .tags("version", "1", "label", "7")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hemline.scored")
                        .tags("version", "1", "label", "9")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("hemline.scored.correct")
                        .tag("label", "9")
                        .functionCounter()
                        .count())
                .isZero();
        assertThat(registry.get("hemline.label.lateness").summary().count()).isEqualTo(2);
    }

    @Test
    void shouldCountResultsAndFirstVerdictsBySource() {
        answered(1, "s", 0.5f);
        answered(1, "s", 0.75f);
        answered(1, "", 0.25f);
        scored(1, 7, 7, null);
        scored(1, 7, 9, null);
        scored(1, 7, 7, 9);
        metrics.refresh();

        assertThat(ofSource("hemline.source.results", "s")).isEqualTo(2);
        assertThat(ofSource("hemline.source.confidence", "s")).isEqualTo(1.25);
        assertThat(ofSource("hemline.source.scored", "s")).isEqualTo(2);
        assertThat(ofSource("hemline.source.scored.correct", "s")).isEqualTo(1);
        assertThat(ofSource("hemline.source.results", "other")).isEqualTo(1);
    }

    @Test
    void shouldTellHowManyResultsAreProbablyRightByWhatAManifestAllows() {
        manifests
                .put(TestManifests.manifest(1)
                        .setTraining(Map.of("logitTemperature", "0.65"))
                        .setReference(new ModelReference(10, List.of(), List.of(), List.of(), 0.6f))
                        .build())
                .put(TestManifests.manifest(2).build());
        for (int i = 0; i < 10; i++) {
            answered(1, "s", i < 8 ? 0.95f : 0.4f);
            answered(2, "s", 0.95f);
        }
        metrics.refresh();

        assertThat(estimated("results", "confidence")).isEqualTo(10);
        assertThat(estimated("correct", "confidence")).isCloseTo(8.4, within(0.1));
        assertThat(estimated("results", "threshold")).isEqualTo(10);
        assertThat(estimated("correct", "threshold")).isEqualTo(8);
        assertThat(versionsOf("hemline.estimated.results")).containsExactly("1");
    }

    private double estimated(String what, String method) {
        return registry.get("hemline.estimated." + what)
                .tag("method", method)
                .functionCounter()
                .count();
    }

    @Test
    void shouldHaveFewSeriesWhoeverMakesSourcesAndVersionsUp() {
        for (int i = 1; i <= 20_000; i++) {
            answered(1 + i % 40, "s-" + i, 0.5f);
            if (i % 1_000 == 0) {
                metrics.refresh();
            }
        }

        assertThat(registry.find("hemline.source.results").functionCounters())
                .hasSizeLessThanOrEqualTo(SeriesLimits.VERSIONS * (BusiestSources.NAMED + 1));
    }

    @Test
    void shouldShowTheMatrixAsItStandsOverAllPartitionsOfThisInstance() {
        metrics.counted(0, cell(1, 9, 7), 3);
        metrics.counted(1, cell(1, 9, 7), 4);
        metrics.refresh();
        metrics.counted(0, cell(1, 9, 7), 2);

        assertThat(registry.get("hemline.confusion")
                        .tags("actual", "9", "predicted", "7")
                        .gauge()
                        .value())
                .isEqualTo(6);

        metrics.left(1);
        assertThat(registry.get("hemline.confusion").gauge().value()).isEqualTo(2);
        metrics.left(0);
        metrics.refresh();
        assertThat(registry.find("hemline.confusion").gauges()).isEmpty();
    }

    @Test
    void shouldKeepTheSeriesOfWhatServesAndOfTheNewest() {
        serving = Optional.of(new ModelKey.Manifest("m", 2));
        for (int version = 1; version <= 50; version++) {
            scored(version, 7, 7, null);
            metrics.counted(0, cell(version, 7, 7), 1);
            metrics.refresh();
        }

        assertThat(versionsOf("hemline.scored")).containsExactlyInAnyOrder("2", "46", "47", "48", "49", "50");
        assertThat(versionsOf("hemline.scored.correct")).hasSize(6);
        assertThat(versionsOf("hemline.confusion")).containsExactlyInAnyOrder("2", "46", "47", "48", "49", "50");
    }

    @Test
    void shouldWaitWithNamesUntilModelsAreRead() {
        modelsAreRead = false;
        scored(1, 7, 7, null);
        metrics.refresh();
        assertThat(registry.find("hemline.scored").functionCounters()).isEmpty();

        modelsAreRead = true;
        metrics.refresh();

        assertThat(registry.get("hemline.scored").functionCounter().count()).isEqualTo(1);
    }

    @Test
    void shouldHaveEveryOutcomeOfALabelFromTheBeginning() {
        metrics.label(LabelOutcome.OUTDATED);

        assertThat(registry.find("hemline.labels").counters()).hasSize(LabelOutcome.values().length);
        assertThat(registry.get("hemline.labels")
                        .tag("outcome", "outdated")
                        .counter()
                        .count())
                .isEqualTo(1);
    }
}
