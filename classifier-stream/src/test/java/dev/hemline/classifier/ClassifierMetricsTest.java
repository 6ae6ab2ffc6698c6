package dev.hemline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.event.Classification;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClassifierMetrics metrics = new ClassifierMetrics(registry);

    private static Outcome classified(long capturedAtMillis) {
        return new Outcome.Classified(Classification.newBuilder()
                .setId("a")
                .setSource("test")
                .setLabel(0)
                .setLabelName("dark")
                .setConfidence(1)
                .setProbabilities(List.of(1f))
                .setModelName("fake")
                .setModelVersion(1)
                .setModelSha256("0123456789ab")
                .setCapturedAt(Instant.ofEpochMilli(capturedAtMillis))
                .setClassifiedAt(Instant.ofEpochMilli(5_000))
                .build());
    }

    @Test
    void shouldMeasureFromCaptureToClassification() {
        metrics.forwarded(classified(4_750));

        assertThat(registry.get("hemline.end.to.end").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
    }

    @Test
    void shouldCountHowManyKeptARoundPromise() {
        metrics.forwarded(classified(4_950));
        metrics.forwarded(classified(4_500));
        metrics.forwarded(classified(1_000));

        var buckets = registry.get("hemline.end.to.end").timer().takeSnapshot().histogramCounts();

        assertThat(buckets)
                .filteredOn(bucket -> bucket.bucket(TimeUnit.MILLISECONDS) == 1_000)
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.count()).isEqualTo(2));
    }

    /** Microseconds taken for milliseconds, year 1, and the ends of what fits. */
    @ParameterizedTest
    @ValueSource(longs = {1_700_000_000_000_000L, -62_135_596_800_000L, Long.MIN_VALUE, Long.MAX_VALUE})
    void shouldTakeAnyCaptureTimeWithoutStoppingTheStreamOrSpoilingTheSum(long capturedAt) {
        for (int i = 0; i < 1_000; i++) {
            metrics.forwarded(classified(capturedAt));
        }

        assertThat(registry.get("hemline.end.to.end").timer().count()).isEqualTo(1_000);
        assertThat(registry.get("hemline.end.to.end").timer().totalTime(TimeUnit.HOURS))
                .isBetween(0.0, 1_000.0);
        assertThat(registry.get("hemline.captured.far.off").counter().count()).isEqualTo(1_000);
    }

    @Test
    void shouldNotCallAnHonestClockFarOff() {
        metrics.forwarded(classified(4_750));
        metrics.forwarded(classified(60_000));

        assertThat(registry.get("hemline.captured.far.off").counter().count()).isZero();
    }
}
