package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({"--network=huge, huge", "--rounds=0, --rounds", "--events=10, --events", "--guarantee=maybe, maybe"})
    void shouldSayInOneLineWhatIsWrong(String flag, String said) {
        int exit = CommandLineApp.of(new StreamCommand(), Map.of())
                .setErr(new PrintWriter(err, true))
                .execute(flag);

        assertThat(exit).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).hasLineCount(1).contains(said);
    }
}
