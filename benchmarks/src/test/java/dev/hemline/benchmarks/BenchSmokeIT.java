package dev.hemline.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One bench from its command line to its files, with a broker and processes; the others' are long. */
class BenchSmokeIT {
    @TempDir
    Path folder;

    @Test
    void shouldLetHemlineAndAPeerWorkABacklogOffAndCompareTheirAnswers() throws Exception {
        Path json = folder.resolve("stream.json");
        Path chart = folder.resolve("stream.svg");
        var out = new StringWriter();

        int exit = CommandLineApp.of(new BenchCommand(), Map.of())
                .setOut(new PrintWriter(out, true))
                .execute(
                        "stream",
                        "--events=1000",
                        "--rounds=1",
                        "--contenders=hemline,loop",
                        "--json",
                        json.toString(),
                        "--chart",
                        chart.toString());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .contains("a backlog of 1,000 events, exactly_once_v2")
                .containsPattern("hemline +[1-9][0-9,]* \\(.*\\) +[1-9][0-9,]* \\(")
                .containsPattern("consumer and producer, same archive +[1-9][0-9,]* \\(.*\\) +[1-9][0-9,]* \\(")
                .containsPattern("All answered the same events; at most [0-9] of 1,000 labels differ");
        assertThat(Files.readString(json)).contains("\"processors\" :", "\"ratios\" : [ {", "\"otherLabels\" : 0");
        assertThat(Files.readString(chart)).contains("<svg", "A backlog of events, tiny");
    }
}
