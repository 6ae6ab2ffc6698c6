package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.stream.LatencyBench.Played;
import dev.hemline.benchmarks.stream.Plan.Trial;
import dev.hemline.benchmarks.stream.Receipts.Latency;
import dev.hemline.benchmarks.stream.Workload.LoadResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyReportTest {
    private final List<String> told = new ArrayList<>();

    /** Two contenders, of which one bears four times as much; the numbers are the p99 of light and heavy loads. */
    private static class Fakes implements LatencyBench.Players {
        @Override
        public double capacity(Contender contender) {
            return contender == Contender.HEMLINE ? 4000 : 1000;
        }

        @Override
        public Played take(Contender contender, int round, Plan plan) {
            Map<Trial, LoadResult> results = new LinkedHashMap<>();
            for (Trial trial : plan.trials(contender, round)) {
                results.put(trial, result(trial, trial.load().eventsPerSecond() == 500, round));
            }
            var sent = new Schedule(contender.name(round), 4, Duration.ZERO, Duration.ofSeconds(1));
            return new Played(results, List.of(sent), answers(sent, contender == Contender.HEMLINE ? 0 : 3));
        }

        Answers answers(Schedule sent, int different) {
            Map<String, Integer> labels = new HashMap<>();
            for (int event = 0; event < sent.events(); event++) {
                labels.put(sent.id(event), event < different ? 2 : 1);
            }
            return new Answers(labels);
        }

        LoadResult result(Trial trial, boolean light, int round) {
            if (trial.contender() != Contender.HEMLINE) {
                return result(List.of(160, 100, 8000).get(round), 0, round < 2);
            } else if (trial.withSwaps()) {
                return result(light ? 100 : 300, light || round == 0 ? 1 : 0, true);
            }
            return light ? result(round == 1 ? 90 : 80, 0, true) : result(round == 0 ? 300 : 9000, 0, round == 0);
        }

        private LoadResult result(long p99, int swaps, boolean keptUp) {
            return new LoadResult(
                    new Latency(3000, p99 / 2, p99, p99 + 10, p99 + 20),
                    new Latency(3000, p99 / 4, p99 / 2, p99, p99),
                    swaps,
                    keptUp,
                    1.5);
        }
    }

    private LatencyReport report(int rounds, double loadBefore, Fakes fakes) throws InterruptedException {
        var bench = Parsed.of(new LatencyBench(), "--shares=0.5", "--rounds=" + rounds);
        return bench.report(
                new Bench.Run(
                        Path.of("none"),
                        new Machine(2, loadBefore),
                        (before, all, what) -> told.add(before + "/" + all + " " + what)),
                4,
                fakes);
    }

    private List<String> lines() throws InterruptedException {
        return report(2, 0, new Fakes()).table();
    }

    @Test
    void shouldFindCapacitiesBeforeTheRounds() throws Exception {
        LatencyReport report = report(1, 0, new Fakes());

        assertThat(told)
                .containsExactly(
                        "0/4 hemline, capacity",
                        "1/4 streams per record, djl blocks, capacity",
                        "2/4 hemline",
                        "3/4 streams per record, djl blocks");
        assertThat(report.capacities()).containsValues(4000.0, 1000.0);
    }

    @Test
    void shouldPutContendersUnderTheSameLoadBelowEachOther() throws Exception {
        List<String> lines = lines();

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
    void shouldNotGiveFiguresWhereAContenderIsNotAbleToKeepUp() throws Exception {
        List<String> lines = lines();

        int heavy = lines.indexOf("  50 % of hemline: 2,000 events a second");
        assertThat(lines.get(heavy + 1)).endsWith("  fell behind in 1 of 2 rounds");
        assertThat(lines.get(heavy + 2)).startsWith("    hemline, 0 swaps");
        assertThat(lines.get(heavy + 3))
                .startsWith("    streams per record, djl blocks")
                .endsWith("cannot keep up")
                .doesNotContainPattern("\\d");
    }

    @Test
    void shouldCompareRoundByRoundUnderTheSameLoadOnly() throws Exception {
        List<String> lines = lines();

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
    void shouldNotCompareWithAQueueThatOnlyGrew() throws Exception {
        // Given: a third round, in which the other contender falls behind
        LatencyReport report = report(3, 0, new Fakes());

        assertThat(report.comparisons())
                .singleElement()
                .satisfies(one -> assertThat(one.rounds()).isEqualTo(2))
                .satisfies(one -> assertThat(one.committed()).isEqualTo(new Spread(0.7, 0.5, 0.9)));
    }

    @Test
    void shouldDrawOnlyWhatKeptUpInEveryRound() throws Exception {
        assertThat(report(2, 0, new Fakes()).bars().values())
                .containsOnlyKeys(
                        "500/s hemline",
                        "500/s hemline, swaps",
                        "500/s streams per record, djl blocks",
                        "2,000/s hemline, swaps");
    }

    @Test
    void shouldFailWhereAnEventWasNotAnswered() {
        var forgetful = new Fakes() {
            @Override
            Answers answers(Schedule sent, int different) {
                Answers all = super.answers(sent, different);
                all.labels().remove(sent.id(3));
                return all;
            }
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> report(1, 0, forgetful))
                .withMessage("hemline did not answer event hemline-0-00000003");
    }

    @Test
    void shouldWarnOfABusyMachine() throws Exception {
        assertThat(lines()).noneMatch(line -> line.contains("busy"));
        assertThat(report(2, 3.5, new Fakes()).table()).anyMatch(line -> line.contains("load average 3.5"));
    }
}
