package dev.hemline.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.scale.ScaleReport.Row;
import dev.hemline.benchmarks.scale.ScaleReport.Table;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleBenchIT {
    private static final int EVENTS = 1_000;
    private static final int WARM_UP = 100;

    @TempDir
    Path folder;

    @Test
    void shouldGetEveryEventBackAtEveryValue() throws Exception {
        var settings = new ScaleSettings(
                List.of(Dimension.PARTITIONS, Dimension.SIZE),
                List.of(3),
                List.of(EVENTS),
                List.of(1),
                List.of(784, 4_000),
                EVENTS,
                WARM_UP,
                1,
                PeerModel.of("tiny"));

        ScaleReport report = new ScaleBench(settings, folder, (before, all, what) -> {}).run();

        assertThat(report.tables()).extracting(Table::dimension).containsExactly("partitions", "size");
        assertThat(report.tables())
                .flatExtracting(Table::rows)
                .extracting(Row::value)
                .containsExactly(3, 784, 4_000);
        assertThat(report.tables()).flatExtracting(Table::rows).allSatisfy(row -> {
            assertThat(row.eventsPerSecond().median()).isPositive();
            assertThat(row.processorMicros().median()).isPositive();
        });
        assertThat(report.outcomes()).isEqualTo(new Outcomes(3 * (EVENTS + WARM_UP), 0, 0));
    }
}
