package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.benchmarks.latency.LatencyReport.Quantiles;
import dev.hemline.benchmarks.latency.LatencyReport.Row;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyBenchIT {
    @TempDir
    Path folder;

    @Test
    void shouldPutTheSameLoadsOntoAllAndGetEveryEventBackOnce() throws Exception {
        List<String> turns = new ArrayList<>();
        var settings = new LatencySettings(
                List.of(Way.HEMLINE, Way.PER_RECORD_DJL_BLOCKS),
                List.of(0.05),
                Duration.ofMillis(300),
                Duration.ofMillis(200),
                1,
                3_000,
                PeerModel.of("tiny"));

        LatencyReport report =
                new LatencyBench(settings, folder, (before, all, contender) -> turns.add(before + "/" + all)).run();

        assertThat(turns).containsExactly("0/4", "1/4", "2/4", "3/4");
        assertThat(report.capacities().values()).hasSize(2).allMatch(capacity -> capacity > 0);
        // Which of the two is able to do more on a busy machine, nobody knows; the first bears shares of its own
        // capacity.
        assertThat(report.rows())
                .filteredOn(row -> row.load().equals("5 % of hemline"))
                .extracting(Row::contender, Row::withSwaps)
                .contains(tuple("hemline", false))
                .contains(tuple("hemline", true));
        assertThat(figures(report))
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(millis -> assertThat(List.of(millis.p50(), millis.p99(), millis.p999(), millis.max()))
                        .isSortedAccordingTo((one, other) -> Double.compare(one.median(), other.median())));
        assertThat(figures(report)).anyMatch(millis -> millis.max().median() > 0);
        assertThat(report.otherLabels()).isLessThan(10);
    }

    private static List<Quantiles> figures(LatencyReport report) {
        return report.rows().stream()
                .flatMap(row -> Stream.concat(
                        Optional.ofNullable(row.committed()).stream(), Optional.ofNullable(row.uncommitted()).stream()))
                .toList();
    }
}
