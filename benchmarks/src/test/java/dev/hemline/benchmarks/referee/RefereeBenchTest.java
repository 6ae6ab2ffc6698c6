package dev.hemline.benchmarks.referee;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefereeBenchTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPromoteWhatIsBetterAndHardlyEverWhatIsNot() throws Exception {
        Path json = folder.resolve("referee.json");
        Path chart = folder.resolve("labels.svg");

        int exit = run(
                "--experiments=20",
                "--labels=3000",
                "--differences=-0.05,0,0.05",
                "--json",
                json.toString(),
                "--chart",
                chart.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("20 experiments of each candidate, at most 3,000 labels")
                .containsPattern("\\+5.0 points +better +100.0 %")
                .containsPattern("-5.0 points +better +0.0 % +100.0 %")
                .containsPattern("\\+1.[0-9] points +-12.0 points");
        assertThat(Files.readString(json)).contains("\"dailyLooks\" : ", "\"badForOneClass\" : ", "\"processors\" :");
        assertThat(Files.readString(chart)).contains("<svg", "5.0, better");
    }

    private int run(String... args) {
        return CommandLineApp.of(new RefereeBench(), Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
