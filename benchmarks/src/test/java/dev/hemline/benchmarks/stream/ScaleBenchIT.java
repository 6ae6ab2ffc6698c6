package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.ScaleReport.Row;
import dev.hemline.benchmarks.stream.ScaleReport.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleBenchIT {
    private static final int EVENTS = 1_000;
    private static final int WARM_UP = 100;

    @TempDir
    Path folder;

    @Tag("long")
    @Test
    void shouldGetEveryEventBackAtEveryValue() throws Exception {
        ScaleReport report = Parsed.of(
                        new ScaleBench(),
                        "--only=partitions,size,format",
                        "--partitions=3",
                        "--sizes=784,4000",
                        "--formats=avro,json,picture,cloudevent",
                        "--events=" + EVENTS,
                        "--warm-up=" + WARM_UP,
                        "--rounds=1")
                .measure(Parsed.run(folder, (before, all, what) -> {}));

        assertThat(report.tables()).extracting(Table::dimension).containsExactly("partitions", "size", "format");
        assertThat(report.tables())
                .flatExtracting(Table::rows)
                .extracting(Row::value)
                .containsExactly(3, 784, 4_000, "avro", "json", "picture", "cloudevent");
        assertThat(report.tables()).flatExtracting(Table::rows).allSatisfy(row -> {
            assertThat(row.eventsPerSecond().median()).isPositive();
            assertThat(row.processorMicros().median()).isPositive();
        });
        assertThat(report.outcomes()).isEqualTo(new Outcomes(7 * (EVENTS + WARM_UP), 0, 0));
    }
}
