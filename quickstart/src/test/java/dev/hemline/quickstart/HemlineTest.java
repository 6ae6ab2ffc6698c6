package dev.hemline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HemlineTest {
    private static final Set<String> VERBS =
            Hemline.commandLine(Map.of()).getSubcommands().keySet();

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private CommandLine hemline(String... args) {
        return Hemline.commandLine(Map.of(), args).setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
    }

    private int execute(String... args) {
        return hemline(args).execute(args);
    }

    @Test
    void shouldTeachEveryVerbWithExamples() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString()).contains(VERBS).contains("hemline demo --seconds 120");
    }

    @Test
    void shouldHaveHelpForEveryVerb() {
        assertThat(VERBS).allSatisfy(verb -> assertThat(execute(verb, "--help")).isZero());
    }

    /** That only what is asked for is built shall show on no page. */
    @Test
    void shouldHaveOnePageWhetherOrNotItsVerbsAreBuilt() {
        String[] all = VERBS.toArray(String[]::new);

        assertThat(hemline("--help").getUsageMessage()).isEqualTo(hemline(all).getUsageMessage());
    }

    @Test
    void shouldBuildTheVerbThatIsAskedForAndNoOther() {
        CommandLine hemline = hemline("watch", "--help");

        assertThat(hemline.getSubcommands())
                .allSatisfy((verb, command) ->
                        assertThat(command.getCommandSpec().options().isEmpty()).isEqualTo(!verb.equals("watch")));
    }

    @Test
    void shouldTakeItsVerbFromAFileOfArguments(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "watch --version");

        assertThat(execute("@" + file)).isZero();

        assertThat(out.toString()).startsWith("hemline ");
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(execute("--version")).isZero();

        assertThat(out.toString()).startsWith("hemline ");
    }

    @Test
    void shouldAskWhetherAVerbSpelledAlikeWasMeant() {
        execute("classifer");
        execute("models", "lsit");

        assertThat(errors.toString()).contains("did you mean 'classifier'?").contains("did you mean 'list'?");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertThat(execute("dance")).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString().lines()).singleElement().asString().contains("dance");
    }
}
