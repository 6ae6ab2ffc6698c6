package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.stream.Start.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StartupReportTest {
    private final List<String> told = new ArrayList<>();
    private int published;

    private static Start hemline(double ready, double result) {
        Map<Step, Double> steps =
                Map.of(Step.LOGGING, 0.5, Step.SERVER, 0.9, Step.RUNNING, 1.25, Step.MODEL, ready - 0.01);
        return new Start(OptionalDouble.of(ready), result, steps, 3);
    }

    private Start start(Contender contender, int round) {
        if (round < 0) {
            return hemline(9, 9);
        } else if (contender != Contender.HEMLINE) {
            return new Start(OptionalDouble.empty(), round == 0 ? 3 : 3.5, Map.of(), 3);
        } else if (published == 100) {
            return hemline(4, 4.5);
        }
        return round == 0 ? hemline(2, 2.5) : hemline(2.2, 2.7);
    }

    private StartupReport report(StartupBench bench) throws InterruptedException {
        return bench.report(
                Parsed.run(Path.of("none"), (before, all, what) -> told.add(before + "/" + all + " " + what)),
                count -> published = count,
                this::start);
    }

    private static StartupBench bench() {
        return Parsed.of(
                new StartupBench(),
                "--contenders=hemline,per_record_archive",
                "--versions=100,1,100",
                "--rounds=2",
                "--warm-up=1");
    }

    @Test
    void shouldTellHemlineByVersionsAndTheOthersOnce() throws Exception {
        List<String> lines = report(bench()).table();

        assertThat(lines)
                .containsSubsequence(
                        "  hemline                                      1       2.10 (2.00 to 2.20)       2.60 (2.50 to 2.70)",
                        "  hemline                                    100       4.00 (4.00 to 4.00)       4.50 (4.50 to 4.50)",
                        "  streams per record, same archive          none              does not say       3.25 (3.00 to 3.50)");
        assertThat(lines)
                .contains(
                        "  hemline                                      1            0.50            0.90            1.25            2.09");
        assertThat(lines).noneMatch(line -> line.contains("9.00"));
    }

    @Test
    void shouldStartOnlyThoseWithMoreVersionsThatReadThem() throws Exception {
        var unused = report(bench());

        assertThat(told)
                .containsExactly(
                        "0/8 publishing 1 versions",
                        "0/8 hemline",
                        "1/8 streams per record, same archive",
                        "2/8 hemline",
                        "3/8 streams per record, same archive",
                        "4/8 hemline",
                        "5/8 streams per record, same archive",
                        "6/8 publishing 100 versions",
                        "6/8 hemline",
                        "7/8 hemline");
    }

    @Test
    void shouldFailWhereTwoSayDifferentThingsOfTheSameImage() {
        assertThatIllegalStateException()
                .isThrownBy(() -> bench().report(
                                Parsed.run(Path.of("none"), (before, all, what) -> {}),
                                count -> {},
                                (contender, round) -> new Start(
                                        OptionalDouble.empty(), 1, Map.of(), contender == Contender.HEMLINE ? 0 : 2)))
                .withMessage("streams per record, same archive says 2 of an image of which hemline said 0");
    }
}
