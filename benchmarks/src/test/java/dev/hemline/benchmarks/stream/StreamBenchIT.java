package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.StreamReport.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamBenchIT {
    @TempDir
    Path folder;

    @Tag("long")
    @Test
    void shouldLetEveryWayWorkTheBacklogOffAndCompareAnswers() throws Exception {
        List<String> turns = new ArrayList<>();
        StreamReport report = Parsed.of(new StreamBench(), "--events=2000", "--rounds=1")
                .measure(Parsed.run(folder, (before, all, what) -> turns.add(what)));

        assertThat(turns.remove(0)).isEqualTo("warm-up");
        assertThat(report.rows()).extracting(Row::contender).isEqualTo(turns).hasSize(Contender.systems().length);
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.eventsPerSecond().turns())
                    .hasSize(1)
                    .allSatisfy(speed -> assertThat(speed).isPositive());
            assertThat(row.processorMicros().lowest()).isPositive();
            assertThat(row.otherLabels()).isLessThan(10);
        });
        assertThat(report.ratios()).hasSize(Contender.systems().length - 1);
        assertThat(report.bareMicros().median()).isPositive();
    }
}
