package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencyCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--network=huge|huge",
                "--rounds=0|--rounds",
                "--shares=0.5,1.2|--shares",
                "--seconds=0|--seconds",
                "--warm-up=0|--warm-up",
                "--backlog=10|--backlog",
                "--contenders=hemline,spark|--contenders"
            })
    void shouldSayInOneLineWhatIsWrong(String flag, String said) {
        int exit = CommandLineApp.of(new LatencyCommand(), Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(flag);

        assertThat(exit).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(said);
    }
}
