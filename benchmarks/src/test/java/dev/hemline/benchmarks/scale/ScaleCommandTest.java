package dev.hemline.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--network=huge | huge",
                "--rounds=0 | --rounds",
                "--events=10 | --events",
                "--warm-up=0 | --warm-up",
                "--partitions=4,0 | --partitions are 1 to 1000, not 0",
                "--backlogs=5 | --backlogs",
                "--instances=99 | --instances",
                "--sizes=784,1000 | --sizes",
                "--only=speed | speed"
            })
    void shouldSayInOneLineWhatIsWrong(String flag, String said) {
        int exit = CommandLineApp.of(new ScaleCommand(), Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(flag);

        assertThat(exit).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(said);
    }
}
