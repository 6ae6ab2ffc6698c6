package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.stream.Dimension.Point;
import dev.hemline.benchmarks.stream.ScaleReport.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleReportTest {
    private final List<String> done = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Outcomes outcomes = new Outcomes(1000, 0, 0);

    /** Takes so many processor microseconds an event, by value and turn. */
    private final class Fakes implements ScaleBench.Stages {
        private final List<Integer> first = new ArrayList<>(List.of(100, 200, 300));
        private final List<Integer> second = new ArrayList<>(List.of(110, 220, 600));

        @Override
        public void warmUp(Point point) {
            done.add("warm " + point.value());
        }

        @Override
        public Work turn(Point point) {
            done.add("turn " + point.value());
            return work((point.value().equals(1) ? first : second).remove(0));
        }

        @Override
        public Outcomes outcomes() {
            return outcomes;
        }

        @Override
        public void close() {
            done.add("close");
        }
    }

    private ScaleReport report() throws InterruptedException {
        return Parsed.of(new ScaleBench(), "--only=partitions", "--partitions=1,48", "--rounds=3", "--events=1000")
                .report(
                        Parsed.run(Path.of("none"), (before, all, what) -> told.add(before + "/" + all + " " + what)),
                        dimension -> new Fakes());
    }

    @Test
    void shouldWarmAllUpBeforeEveryValueHasItsTurns() throws Exception {
        var unused = report();

        assertThat(done)
                .containsExactly(
                        "warm 1", "warm 48", "turn 1", "turn 48", "turn 1", "turn 48", "turn 1", "turn 48", "close");
        assertThat(told)
                .startsWith(
                        "0/6 partitions, warm-up", "0/6 partitions, warm-up", "0/6 partitions, 1", "1/6 partitions, 48")
                .endsWith("5/6 partitions, 48", "6/6 partitions, counting");
    }

    @Test
    void shouldCompareWithTheFirstValueInTheSameRound() throws Exception {
        List<Row> rows = report().tables().get(0).rows();

        assertThat(rows).extracting(Row::value).containsExactly(1, 48);
        assertThat(rows.get(0).timesTheFirst()).isEqualTo(new Spread(1, 1, 1));
        Spread times = rows.get(1).timesTheFirst();
        assertThat(times.median()).isEqualTo(1.1, within(1e-9));
        assertThat(times.highest()).isEqualTo(2, within(1e-9));
        assertThat(rows.get(1).processorMicros().median()).isEqualTo(220, within(1e-9));
        assertThat(report().table())
                .contains(
                        "                      48          1,000      1,000 (1,000 to 1,000)                    220 (110 to 600)         1.10 (1.10 to 2.00)");
    }

    @Test
    void shouldAddBacklogsUpToATurn() {
        Work turn = Work.NONE.plus(work(100)).plus(work(300));

        assertThat(turn.events()).isEqualTo(2000);
        assertThat(turn.processorMicros()).isEqualTo(200, within(1e-9));
        assertThat(turn.eventsPerSecond()).isEqualTo(1000, within(1e-9));
    }

    @Test
    void shouldTellWhenEventsDidNotComeBackExactlyOnce() throws Exception {
        assertThat(report().passed()).isTrue();
        assertThat(report().table()).contains("  All 1,000 events, warm-up included, came back exactly once.");
        outcomes = outcomes.plus(new Outcomes(10, 1, 0));
        assertThat(report().passed()).isFalse();
        assertThat(report().table()).contains("  Of 1,010 events 1 were lost, and 0 results were doubles.");
        assertThat(new Outcomes(10, 0, 1).exactlyOnce()).isFalse();
    }

    /** A thousand events in a second. */
    private static Work work(long processorMicrosEach) {
        return new Work(1000, Duration.ofSeconds(1), Duration.ofMillis(processorMicrosEach));
    }
}
