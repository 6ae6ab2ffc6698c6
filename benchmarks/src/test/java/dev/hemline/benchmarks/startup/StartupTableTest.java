package dev.hemline.benchmarks.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.startup.StartupReport.Turn;
import dev.hemline.benchmarks.stream.Way;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StartupTableTest {
    private final StartupSettings settings = new StartupSettings(
            List.of(Way.HEMLINE, Way.PER_RECORD_ARCHIVE), List.of(100, 1, 100), 1, 2, PeerModel.of("tiny"));

    private static Turn hemline(int versions, boolean counts, double ready, double result) {
        Map<Step, Double> steps =
                Map.of(Step.LOGGING, 0.5, Step.SERVER, 0.9, Step.RUNNING, 1.25, Step.MODEL, ready - 0.01);
        return new Turn(Way.HEMLINE, versions, counts, new Start(OptionalDouble.of(ready), result, steps, 3));
    }

    private static Turn peer(boolean counts, double result) {
        return new Turn(Way.PER_RECORD_ARCHIVE, 1, counts, new Start(OptionalDouble.empty(), result, Map.of(), 3));
    }

    @Test
    void shouldTellHemlineByVersionsAndTheOthersOnce() {
        List<Turn> turns = List.of(
                hemline(1, false, 9, 9),
                peer(false, 9),
                hemline(1, true, 2, 2.5),
                peer(true, 3),
                hemline(1, true, 2.2, 2.7),
                peer(true, 3.5),
                hemline(100, true, 4, 4.5),
                hemline(100, true, 4, 4.5));

        List<String> lines = StartupTable.lines(StartupReport.of(settings, turns, 0));

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
}
