package dev.hemline.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.benchmarks.scale.ScaleReport.Row;
import dev.hemline.benchmarks.scale.ScaleReport.Table;
import dev.hemline.benchmarks.tournament.Spread;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    private static final Point FIRST = new Point(1, new Setting(1, 1), 784, 1000, 1);
    private static final Point SECOND = new Point(48, new Setting(48, 1), 784, 1000, 1);

    @Test
    void shouldCompareWithTheFirstValueInTheSameRound() {
        List<Work> first = List.of(work(100), work(200), work(300));
        List<Work> second = List.of(work(110), work(220), work(600));

        Table table = Table.of(Dimension.PARTITIONS, List.of(FIRST, SECOND), List.of(first, second));

        assertThat(table.rows()).extracting(Row::value).containsExactly(1, 48);
        assertThat(table.rows().get(0).timesTheFirst()).isEqualTo(new Spread(1, 1, 1));
        Spread times = table.rows().get(1).timesTheFirst();
        assertThat(times.median()).isEqualTo(1.1, within(1e-9));
        assertThat(times.highest()).isEqualTo(2, within(1e-9));
        assertThat(table.rows().get(1).processorMicros().median()).isEqualTo(220, within(1e-9));
    }

    @Test
    void shouldAddBacklogsUpToATurn() {
        Work turn = Work.NONE.plus(work(100)).plus(work(300));

        assertThat(turn.events()).isEqualTo(2000);
        assertThat(turn.processorMicros()).isEqualTo(200, within(1e-9));
        assertThat(turn.eventsPerSecond()).isEqualTo(1000, within(1e-9));
    }

    @Test
    void shouldTellWhenEventsDidNotComeBackExactlyOnce() {
        assertThat(new Outcomes(10, 0, 0).exactlyOnce()).isTrue();
        assertThat(new Outcomes(10, 0, 0).plus(new Outcomes(10, 1, 0)).exactlyOnce())
                .isFalse();
        assertThat(new Outcomes(10, 0, 1).exactlyOnce()).isFalse();
    }

    /** A thousand events in a second. */
    private static Work work(long processorMicrosEach) {
        return new Work(1000, Duration.ofSeconds(1), Duration.ofMillis(processorMicrosEach));
    }
}
