package dev.hemline.classifier.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResultMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ResultMetrics metrics = new ResultMetrics(registry);

    private static Classification result(int version, int label, int classes) {
        return Classification.newBuilder()
                .setId("a")
                .setSource("test")
                .setLabel(label)
                .setLabelName("class " + label)
                .setConfidence(0.75f)
                .setProbabilities(Collections.nCopies(classes, 1f / classes))
                .setModelName("m")
                .setModelVersion(version)
                .setModelSha256("0123456789ab")
                .setCapturedAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .build();
    }

    @Test
    void shouldTellHowManyHowSureAndWhichClasses() {
        metrics.classified(result(3, 7, 10));
        metrics.classified(result(3, 7, 10));
        metrics.classified(result(3, 2, 10));

        assertThat(registry.get("hemline.classifications")
                        .tags("model", "m", "version", "3")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("hemline.predictions")
                        .tags("version", "3", "label", "class 7")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("hemline.confidence")
                        .tag("version", "3")
                        .summary()
                        .mean())
                .isEqualTo(0.75);
    }

    @Test
    void shouldTakeTheSeriesOfOldVersionsAway() {
        for (int version = 1; version <= 50; version++) {
            metrics.classified(result(version, 7, 10));
        }

        assertThat(registry.find("hemline.predictions").counters().stream()
                        .map(counter -> counter.getId().getTag("version"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("45", "46", "47", "48", "49", "50");
        assertThat(registry.find("hemline.classifications").counters()).hasSize(6);
        assertThat(registry.find("hemline.confidence").summaries()).hasSize(6);
    }

    @Test
    void shouldBeginAgainWithAVersionThatComesBack() {
        for (int version = 1; version <= 10; version++) {
            metrics.classified(result(version, 7, 10));
        }

        metrics.classified(result(1, 7, 10));

        assertThat(registry.get("hemline.classifications")
                        .tag("version", "1")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.find("hemline.classifications").counters()).hasSize(6);
    }

    @Test
    void shouldLimitTheClasses() {
        for (int label = 0; label < 1_000; label++) {
            metrics.classified(result(1, label, 1_000));
        }

        assertThat(registry.find("hemline.predictions").counters()).hasSize(100);
        assertThat(registry.get("hemline.classifications").counter().count()).isEqualTo(1_000);
    }
}
