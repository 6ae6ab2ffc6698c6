package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.StartupReport.Row;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupBenchIT {
    @TempDir
    Path folder;

    @Tag("long")
    @Test
    void shouldTimeEveryContenderFromItsStartToItsFirstResult() throws Exception {
        StartupReport report = Parsed.of(
                        new StartupBench(),
                        "--contenders=hemline,per_record_archive",
                        "--versions=2",
                        "--warm-up=0",
                        "--rounds=1")
                .measure(Parsed.run(folder, (before, all, what) -> {}));

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
