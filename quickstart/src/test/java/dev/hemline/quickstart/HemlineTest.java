package dev.hemline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class HemlineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine hemline = CommandLineApp.of(new Hemline(), Map.of())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(errors));

    @Test
    void shouldTeachEveryVerbWithExamples() {
        assertThat(hemline.execute("--help")).isZero();

        assertThat(out.toString()).contains(hemline.getSubcommands().keySet()).contains("hemline demo --seconds 120");
    }

    @Test
    void shouldHaveHelpForEveryVerb() {
        assertThat(hemline.getSubcommands().keySet())
                .allSatisfy(verb -> assertThat(hemline.execute(verb, "--help")).isZero());
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(hemline.execute("--version")).isZero();

        assertThat(out.toString()).startsWith("hemline ");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertThat(hemline.execute("dance")).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString().lines()).singleElement().asString().contains("dance");
    }
}
