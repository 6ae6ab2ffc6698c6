package dev.hemline.quality.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.quality.accuracy.AccuracyReport.Complete;
import dev.hemline.quality.accuracy.AccuracyReport.Incomplete;
import dev.hemline.quality.accuracy.AccuracyReport.Version;
import dev.hemline.quality.accuracy.EstimatedAccuracy.Drifts;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.source.SourceCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.Test;

class AccuracyReportTest {
    private static final Span HOUR = Span.lastMinutes(60, Instant.parse("2026-03-01T12:00:30Z"));
    private static final LabelNames NO_NAMES = new LabelNames(() -> {
        throw new InvalidStateStoreException("not read yet");
    });

    @Test
    void shouldSumOverPartitionsVersionByVersion() {
        PartitionCounts one = new PartitionCounts(
                Map.of("m/v000002/1/1", 60L, "m/v000001/0/0", 1L), Map.of("m/v000002/1/1", 5L), Map.of(), Map.of());
        PartitionCounts other =
                new PartitionCounts(Map.of("m/v000002/1/1", 21L, "m/v000002/1/0", 182L), Map.of(), Map.of(), Map.of());

        AccuracyReport report = AccuracyReport.of(
                new AllCounts(Map.of(0, one, 1, other), List.of(), Map.of()), HOUR, NO_NAMES, () -> Drifts.NONE);

        assertThat(report).isInstanceOfSatisfying(Complete.class, complete -> {
            assertThat(complete.from()).isEqualTo("2026-03-01T11:01:00Z");
            assertThat(complete.to()).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(complete.versions()).extracting(Version::version).containsExactly(2, 1);
            Accuracy total = complete.versions().get(0).total();
            assertThat(total.scored()).isEqualTo(263);
            assertThat(total.correct()).isEqualTo(81);
            assertThat(total.low95()).isCloseTo(0.2553, within(1e-4));
            assertThat(total.high95()).isCloseTo(0.3662, within(1e-4));
            assertThat(total.confusion()).containsExactly(new Accuracy.Cell(1, 0, 182), new Accuracy.Cell(1, 1, 81));
            assertThat(complete.versions().get(0).recent().scored()).isEqualTo(5);
            assertThat(complete.versions().get(1).recent().accuracy()).isNull();
        });
    }

    @Test
    void shouldTellBySourceOfVersionsThatNoLabelHasComeForToo() {
        PartitionCounts one = new PartitionCounts(
                Map.of("m/v000002/1/1", 1L),
                Map.of(),
                Map.of(),
                Map.of("m/v000002/a", new SourceCounts(2, 1, 1, 1.5), "m/v000003/a", new SourceCounts(1, 0, 0, 0.5)));
        PartitionCounts other =
                new PartitionCounts(Map.of(), Map.of(), Map.of(), Map.of("m/v000002/a", new SourceCounts(4, 0, 0, 3)));

        AccuracyReport report = AccuracyReport.of(
                new AllCounts(Map.of(0, one, 1, other), List.of(), Map.of()), HOUR, NO_NAMES, () -> Drifts.NONE);

        assertThat(report).isInstanceOfSatisfying(Complete.class, complete -> {
            assertThat(complete.versions()).extracting(Version::version).containsExactly(3, 2);
            assertThat(complete.versions().get(1).sources()).singleElement().satisfies(source -> {
                assertThat(source.results()).isEqualTo(6);
                assertThat(source.confidence()).isEqualTo(0.75);
                assertThat(source.scored()).isEqualTo(1);
            });
        });
    }

    @Test
    void shouldEstimateFromTheResultsOfAllPartitionsUnlessOneIsOfAnEarlierRelease() {
        Map<String, SourceCounts> seen = Map.of("m/v000002/a", new SourceCounts(5, 0, 0, 4));
        PartitionCounts one = new PartitionCounts(Map.of(), Map.of(), Map.of("m/v000002/confidence/20", 2L), seen);
        PartitionCounts other = new PartitionCounts(Map.of(), Map.of(), Map.of("m/v000002/confidence/20", 3L), seen);
        PartitionCounts former = new PartitionCounts(Map.of(), Map.of(), null, null);

        AccuracyReport whole = AccuracyReport.of(
                new AllCounts(Map.of(0, one, 1, other), List.of(), Map.of()), HOUR, NO_NAMES, () -> Drifts.NONE);
        AccuracyReport mixed = AccuracyReport.of(
                new AllCounts(Map.of(0, one, 1, other, 2, former), List.of(), Map.of()),
                HOUR,
                NO_NAMES,
                () -> Drifts.NONE);

        assertThat(whole)
                .isInstanceOfSatisfying(
                        Complete.class,
                        complete -> assertThat(
                                        complete.versions().get(0).estimate().results())
                                .isEqualTo(5));
        assertThat(mixed)
                .isInstanceOfSatisfying(
                        Complete.class,
                        complete -> assertThat(complete.versions()).isEmpty());
    }

    @Test
    void shouldTellOfNoSourceWhileAnInstanceDoesNotCountByThem() {
        PartitionCounts one = new PartitionCounts(
                Map.of(), Map.of(), Map.of(), Map.of("m/v000002/a", new SourceCounts(2, 0, 0, 1.5)));
        PartitionCounts former = new PartitionCounts(Map.of("m/v000002/1/1", 60L), Map.of(), null, null);

        AccuracyReport report = AccuracyReport.of(
                new AllCounts(Map.of(0, one, 1, former), List.of(), Map.of()), HOUR, NO_NAMES, () -> Drifts.NONE);

        assertThat(report).isInstanceOfSatisfying(Complete.class, complete -> {
            assertThat(complete.versions()).singleElement().satisfies(version -> {
                assertThat(version.total().scored()).isEqualTo(60);
                assertThat(version.sources()).isEmpty();
            });
        });
    }

    @Test
    void shouldGiveNoSumWhereOnePartitionIsMissing() {
        PartitionCounts one = new PartitionCounts(Map.of("m/v000002/1/1", 60L), Map.of(), Map.of(), Map.of());

        AccuracyReport report = AccuracyReport.of(
                new AllCounts(Map.of(0, one), List.of(1), Map.of("b:9401", "connection refused")),
                HOUR,
                NO_NAMES,
                () -> Drifts.NONE);

        assertThat(report).isInstanceOfSatisfying(Incomplete.class, incomplete -> {
            assertThat(incomplete.complete()).isFalse();
            assertThat(incomplete.partitions()).isEqualTo(2);
            assertThat(incomplete.missingPartitions()).containsExactly(1);
            assertThat(incomplete.message()).contains("[1]", "--advertised-http");
        });
    }

    @Test
    void shouldNameMinutesThatAreNotKept() {
        assertThatThrownBy(() -> Span.lastMinutes(0, Instant.EPOCH)).hasMessage("minutes is 1 to 1440, not 0");
    }
}
