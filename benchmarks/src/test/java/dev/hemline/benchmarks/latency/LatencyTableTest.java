package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.latency.Plan.Trial;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.benchmarks.tournament.Spread;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatencyTableTest {
    private static final Way HEMLINE = Way.HEMLINE;
    private static final Way PEER = Way.PER_RECORD_DJL_BLOCKS;

    private final LatencySettings settings = new LatencySettings(
            List.of(HEMLINE, PEER),
            List.of(0.5),
            Duration.ofSeconds(6),
            Duration.ofSeconds(1),
            2,
            2000,
            PeerModel.of("tiny"));
    private final LoadResults results = new LoadResults();
    private Plan plan = new Plan(Map.of(), List.of());

    @BeforeEach
    void shareTwoLoads() {
        Map<Way, Double> capacities = new LinkedHashMap<>();
        capacities.put(HEMLINE, 4000.0);
        capacities.put(PEER, 1000.0);
        plan = Plan.of(capacities, settings.shares());
        Load light = plan.loads().get(0);
        Load heavy = plan.loads().get(1);
        results.add(new Trial(HEMLINE, light, false), result(80, 0, true));
        results.add(new Trial(HEMLINE, light, false), result(90, 0, true));
        results.add(new Trial(HEMLINE, light, true), result(100, 1, true));
        results.add(new Trial(HEMLINE, light, true), result(100, 1, true));
        results.add(new Trial(PEER, light, false), result(160, 0, true));
        results.add(new Trial(PEER, light, false), result(100, 0, true));
        results.add(new Trial(HEMLINE, heavy, false), result(300, 0, true));
        results.add(new Trial(HEMLINE, heavy, false), result(9000, 0, false));
        results.add(new Trial(HEMLINE, heavy, true), result(300, 1, true));
        results.add(new Trial(HEMLINE, heavy, true), result(300, 0, true));
        results.differences(3);
    }

    private static LoadResult result(long p99, int swaps, boolean keptUp) {
        return new LoadResult(
                new Latency(3000, p99 / 2, p99, p99 + 10, p99 + 20),
                new Latency(3000, p99 / 4, p99 / 2, p99, p99),
                swaps,
                keptUp,
                1.5);
    }

    private List<String> lines(double loadBefore) {
        return LatencyTable.lines(new Evaluation(settings, plan, results).report(loadBefore));
    }

    @Test
    void shouldPutContendersUnderTheSameLoadBelowEachOther() {
        List<String> lines = lines(0);

        assertThat(lines)
                .containsSubsequence(
                        "  Capacity of hemline: 4,000 events a second.",
                        "  50 % of streams per record, djl blocks: 500 events a second",
                        "    hemline                                         43      85      95     105          21      43      85      85",
                        "    hemline, 1 swap                                 50     100     110     120          25      50     100     100");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("    streams per record, djl blocks") && line.contains(" 130 "));
    }

    @Test
    void shouldNotGiveFiguresWhereAContenderIsNotAbleToKeepUp() {
        List<String> lines = lines(0);

        int heavy = lines.indexOf("  50 % of hemline: 2,000 events a second");
        assertThat(lines.get(heavy + 1)).endsWith("  fell behind in 1 of 2 rounds");
        assertThat(lines.get(heavy + 2)).startsWith("    hemline, 0 swaps");
        assertThat(lines.get(heavy + 3))
                .startsWith("    streams per record, djl blocks")
                .endsWith("cannot keep up")
                .doesNotContainPattern("\\d");
    }

    @Test
    void shouldCompareRoundByRoundUnderTheSameLoadOnly() {
        List<String> lines = lines(0);

        int header = lines.indexOf(
                "  p99 of hemline as a multiple of that of                      committed result read                   uncommitted");
        assertThat(lines.get(header + 1))
                .isEqualTo(
                        "    streams per record, djl blocks, 500 a second                 0.70 (0.50 to 0.90)           0.70 (0.50 to 0.90)");
        assertThat(lines.get(header + 2)).isEmpty();
        assertThat(lines)
                .contains("  Every event came back exactly once; at most 3 labels of a turn are others than before.");
    }

    @Test
    void shouldNotCompareWithAQueueThatOnlyGrew() {
        Load light = plan.loads().get(0);
        results.add(new Trial(HEMLINE, light, false), result(80, 0, true));
        results.add(new Trial(PEER, light, false), result(8000, 0, false));

        assertThat(new Evaluation(settings, plan, results).report(0).comparisons())
                .singleElement()
                .satisfies(one -> assertThat(one.rounds()).isEqualTo(2))
                .satisfies(one -> assertThat(one.committed()).isEqualTo(new Spread(0.7, 0.5, 0.9)));
    }

    @Test
    void shouldWarnOfABusyMachine() {
        assertThat(lines(0)).noneMatch(line -> line.contains("busy"));
        assertThat(lines(3.5)).anyMatch(line -> line.contains("load average 3.5"));
    }
}
