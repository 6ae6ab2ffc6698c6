package dev.hemline.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.startup.StartupReport.Row;
import dev.hemline.benchmarks.stream.Way;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupBenchIT {
    @TempDir
    Path folder;

    @Test
    void shouldTimeEveryContenderFromItsStartToItsFirstResult() throws Exception {
        var settings = new StartupSettings(
                List.of(Way.HEMLINE, Way.PER_RECORD_ARCHIVE), List.of(2), 0, 1, PeerModel.of("tiny"));

        StartupReport report = new StartupBench(settings, folder, (before, all, what) -> {}).run();

        assertThat(report.rows())
                .extracting(Row::contender)
                .containsExactly("hemline", "streams per record, same archive");
        Row hemline = report.rows().get(0);
        assertThat(Objects.requireNonNull(hemline.ready()).median()).isPositive();
        assertThat(hemline.steps().keySet())
                .containsExactly("first log line", "HTTP server up", "stream running", "model serves");
        assertThat(hemline.steps().values()).allMatch(step -> step.median() > 0);
        assertThat(report.rows())
                .allSatisfy(row -> assertThat(row.firstResult().median()).isPositive());
        assertThat(report.rows().get(1).ready()).isNull();
    }
}
