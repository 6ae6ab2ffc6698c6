package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.StreamReport.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamBenchIT {
    @TempDir
    Path folder;

    @Test
    void shouldLetEveryWayWorkTheBacklogOffAndCompareAnswers() throws Exception {
        List<String> turns = new ArrayList<>();

        StreamReport report = new StreamBench(
                        new StreamSettings(
                                List.of(Way.values()), 2_000, 1, PeerModel.of("tiny"), Guarantee.EXACTLY_ONCE_V2),
                        folder,
                        (before, all, contender) -> turns.add(contender))
                .run();

        assertThat(turns.remove(0)).isEqualTo("warm-up");
        assertThat(report.rows()).extracting(Row::contender).isEqualTo(turns).hasSize(Way.values().length);
        assertThat(report.rows()).allSatisfy(row -> {
            assertThat(row.eventsPerSecond().turns())
                    .hasSize(1)
                    .allSatisfy(speed -> assertThat(speed).isPositive());
            assertThat(row.processorMicros().lowest()).isPositive();
            assertThat(row.otherLabels()).isLessThan(10);
        });
        assertThat(report.ratios()).hasSize(Way.values().length - 1);
        assertThat(report.bareMicros().median()).isPositive();
    }
}
