package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProduceCommandTest {

    private final ProduceCommand command = new ProduceCommand();
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--rate, -1",
        "--rate, NaN",
        "--rate, fast",
        "--count, -5",
        "--count, many",
        "--format, gif",
        "--bad-ratio, 1.5",
        "--labels, tomorrow",
        "--drift, fog@60",
        "--source, two words",
        "--seed, x",
        "--data, /nowhere/at/all",
    })
    void shouldNameTheFlagThatIsWrongInOneLine(String flag, String value) {
        int exitCode = run(flag, value);

        assertThat(exitCode).isNotZero();
        assertThat(errors.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("produce: ")
                .contains(flag);
    }

    @Test
    void shouldTeachByExampleInItsHelp() {
        assertThat(run("--help")).isZero();

        assertThat(output.toString()).contains("Examples:", "--rate 200", "--labels late:30", "--bootstrap-servers");
    }

    @Test
    void shouldTakeItsSettingsFromTheCommandLine() {
        CommandLineApp.of(command, Map.of("HEMLINE_RATE", "7"))
                .parseArgs("--count", "9", "--format", "JPEG", "--bad-ratio", "0.25", "--labels", "inline");

        assertThat(command.settings())
                .isEqualTo(new ProducerSettings(
                        7, 9, ImageEncoding.JPEG, 1, 0.25, new LabelDelivery.Inline(), "producer-demo"));
    }

    @Test
    void shouldNameTheKindsThatThereAre() {
        assertThat(run("--drift", "blur@60,fog@60")).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString())
                .contains("--drift takes KIND[:STRENGTH]@SECONDS[+RAMP]", "'fog@60'")
                .contains(
                        Stream.of(Drift.Kind.values()).map(Drift.Kind::toString).toList());
    }

    @Test
    void shouldTakeSeveralDriftsAndAllTheirUsualStrengthsIntoItsHelp() {
        CommandLineApp.of(command, Map.of()).parseArgs("--drift", "blur@1,noise:20@2+3", "--drift", "invert@4");
        assertThat(command.settings().drifts())
                .map(Drift::toString)
                .containsExactly("blur:1@1+0", "noise:20@2+3", "invert:1@4+0");

        run("--help");
        assertThat(output.toString().replaceAll("\\s+", " "))
                .contains(Stream.of(Drift.Kind.values())
                        .map(kind -> Drift.parse(kind + "@0").toString().replaceAll("@.*", ""))
                        .toList());
    }

    @Test
    void shouldRefuseAMixThatARunCouldNotGoOnWith() {
        assertThat(run("--drift", "mix@60", "--run", "first")).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString()).contains("--drift mix does not go with --run");
    }

    private int run(String... args) {
        return CommandLineApp.of(command, Map.of())
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(args);
    }
}
