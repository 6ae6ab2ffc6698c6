package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.LatencyReport.Quantiles;
import dev.hemline.benchmarks.stream.LatencyReport.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyBenchIT {
    @TempDir
    Path folder;

    @Tag("long")
    @Test
    void shouldPutTheSameLoadsOntoAllAndGetEveryEventBackOnce() throws Exception {
        List<String> turns = new ArrayList<>();
        LatencyReport report = Parsed.of(
                        new LatencyBench(),
                        "--shares=0.05",
                        "--seconds=0.3",
                        "--warm-up=0.2",
                        "--rounds=1",
                        "--backlog=3000")
                .measure(Parsed.run(folder, (before, all, what) -> turns.add(before + "/" + all)));

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
