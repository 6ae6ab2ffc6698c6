package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CommandLineAppTest {
    private final Probe probe = new Probe();
    private final StringWriter errors = new StringWriter();

    @Command(name = "probe")
    static final class Probe implements Callable<Integer> {
        @Mixin
        KafkaOptions kafka = new KafkaOptions();

        @Mixin
        HttpOptions http = new HttpOptions();

        @Option(names = "--rate", defaultValue = "5")
        int rate;

        @Option(names = "--loud")
        boolean loud;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true)
        boolean help;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true)
        boolean version;

        @Option(names = "--unit")
        @Nullable
        TimeUnit unit;

        RuntimeException failure = new IllegalStateException("not set");
        boolean fails;

        @Override
        public Integer call() {
            if (fails) {
                throw failure;
            }
            return 0;
        }
    }

    private int run(Map<String, String> environment, String... args) {
        CommandLine commandLine = CommandLineApp.of(probe, environment).setErr(new PrintWriter(errors));
        return commandLine.execute(args);
    }

    @Test
    void shouldUseDefaultsWhenNothingIsSaid() {
        assertThat(run(Map.of())).isZero();

        assertThat(probe.rate).isEqualTo(5);
        assertThat(probe.kafka.settings(Map.of()).bootstrapServers()).isEqualTo("localhost:9092");
    }

    @Test
    void shouldPreferTheEnvironmentToDefaultsAndTheCommandLineToBoth() {
        Map<String, String> environment =
                Map.of("HEMLINE_RATE", "6", "HEMLINE_BOOTSTRAP_SERVERS", "kafka:9092", "HEMLINE_HTTP_PORT", "7000");

        run(environment, "--http-port", "7001");

        assertThat(probe.rate).isEqualTo(6);
        assertThat(probe.kafka.settings(Map.of()).bootstrapServers()).isEqualTo("kafka:9092");
        assertThat(probe.http.settings()).isEqualTo(new HttpSettings("localhost", 7001));
    }

    @Test
    void shouldTakeHomeFromTheEnvironmentWhereJavaKnowsNone() {
        String before = System.getProperty("user.home", "");
        try {
            System.setProperty("user.home", "?");

            run(Map.of("HOME", "/somewhere"));

            assertThat(System.getProperty("user.home")).isEqualTo("/somewhere");
        } finally {
            System.setProperty("user.home", before);
        }
    }

    @Test
    void shouldTakeAnEmptyVariableForUnset() {
        assertThat(run(Map.of("HEMLINE_RATE", "", "HEMLINE_BOOTSTRAP_SERVERS", " ", "HEMLINE_LOUD", "")))
                .isZero();

        assertThat(probe.rate).isEqualTo(5);
        assertThat(probe.kafka.settings(Map.of()).bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(probe.loud).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1,true", "yes,true", "on,true", "TRUE,true", "0,false", "No,false", "off,false", "false,false"})
    void shouldTakeTheUsualWordsForASwitch(String said, boolean loud) {
        assertThat(run(Map.of("HEMLINE_LOUD", said))).isZero();

        assertThat(probe.loud).isEqualTo(loud);
    }

    /** Images carry their version in the environment, and it asks for no page of help. */
    @Test
    void shouldNotTakeTheEnvironmentForAQuestion() {
        probe.fails = true;
        probe.failure = new UserError("it ran");

        run(Map.of("HEMLINE_VERSION", "1.2.3", "HEMLINE_HELP", "true"));

        assertThat(errors.toString()).isEqualToIgnoringNewLines("probe: it ran");
    }

    @Test
    void shouldPassOverAddressesOfServicesThatKubernetesTells() {
        assertThat(run(Map.of("HEMLINE_HTTP_PORT", "tcp://10.96.0.7:80", "HEMLINE_HTTP_SERVICE_HOST", "10.96.0.7")))
                .isZero();

        assertThat(probe.http.settings()).isEqualTo(new HttpSettings("localhost", 0));
    }

    @Test
    void shouldNameTheVariableThatItDislikes() {
        run(Map.of("HEMLINE_RATE", "fast"));
        run(Map.of("HEMLINE_LOUD", "perhaps"));
        probe.fails = true;
        probe.failure = new IllegalArgumentException("--http-port is 0 to 65535, not 70000");
        run(Map.of("HEMLINE_HTTP_PORT", "70000"));
        run(Map.of("HEMLINE_HTTP_PORT", "80"), "--http-port=70000");

        assertThat(errors.toString().lines())
                .satisfiesExactly(
                        rate -> assertThat(rate).contains("HEMLINE_RATE in the environment"),
                        loud -> assertThat(loud).contains("HEMLINE_LOUD in the environment"),
                        port -> assertThat(port).contains("HEMLINE_HTTP_PORT in the environment"),
                        given -> assertThat(given).contains("70000").doesNotContain("environment"));
    }

    @Test
    void shouldAskWhetherAVariableSpelledAlikeWasMeant() {
        assertThat(run(Map.of("HEMLINE_RATES", "7", "HEMLINE_PARENT_PID", "1", "HEMLINE_LOUD", "1")))
                .isZero();

        assertThat(errors)
                .hasToString("probe: HEMLINE_RATES in the environment says nothing to this command; did you mean"
                        + " HEMLINE_RATE?" + System.lineSeparator());
    }

    @Test
    void shouldAskWhetherSomethingSpelledAlikeWasMeant() {
        run(Map.of(), "--rtae", "5");
        run(Map.of(), "--http-prot=5");
        run(Map.of(), "--unit", "secnds");
        run(Map.of(), "--entirely-else");

        assertThat(errors.toString().lines())
                .satisfiesExactly(
                        rate -> assertThat(rate).contains("did you mean '--rate'?"),
                        port -> assertThat(port).contains("did you mean '--http-port'?"),
                        unit -> assertThat(unit).contains("did you mean 'seconds'?"),
                        other -> assertThat(other).doesNotContain("did you mean"));
    }

    @Test
    void shouldTakeSeveralNamesSeparatedByCommas() {
        run(Map.of("HEMLINE_HTTP_PEERS", "a-*:9401,10.1.2.*"), "--http-allowed-hosts", "one.example,two.example");

        assertThat(probe.http.settings().allowedHosts()).containsExactly("one.example", "two.example");
        assertThat(probe.http.settings().peers()).containsExactly("a-*:9401", "10.1.2.*");
    }

    @Test
    void shouldPassAnyKafkaSettingThroughWithTheCommandLineStrongest() {
        Map<String, String> environment = Map.of("KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_LINGER_MS", "1");

        run(environment, "--kafka", "linger.ms=7");

        assertThat(probe.kafka.settings(environment).client(Map.of("linger.ms", "3", "acks", "all")))
                .containsEntry("linger.ms", "7")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("acks", "all");
    }

    /** They are meant for other programs of the same container. */
    @Test
    void shouldPassOverKafkaSettingsOfTheEnvironmentThatPromisesHangOn() {
        Map<String, String> environment = Map.of(
                "KAFKA_ENABLE_AUTO_COMMIT", "true", "KAFKA_ACKS", "1", "KAFKA_GROUP_ID", "g", "KAFKA_LINGER_MS", "");

        assertThat(probe.kafka.settings(environment).overrides()).isEmpty();
    }

    @Test
    void shouldNotLetTheEnvironmentChooseOtherBrokersThanTheFlag() {
        Map<String, String> environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", "elsewhere:9092");

        run(environment, "--bootstrap-servers", "here:9092");

        assertThat(probe.kafka.settings(environment).client(Map.of())).containsEntry("bootstrap.servers", "here:9092");
    }

    @Test
    void shouldUseTheBrokersThatAFileOfKafkaSettingsNames(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("kafka.properties"), "bootstrap.servers=there:9093");

        run(Map.of(), "--kafka-config", file.toString());

        assertThat(probe.kafka.settings(Map.of()).bootstrapServers()).isEqualTo("there:9093");
    }

    @Test
    void shouldNameAFileOfKafkaSettingsThatIsNotThere() {
        run(Map.of("HEMLINE_KAFKA_CONFIG", "nowhere.properties"));

        assertThatThrownBy(() -> probe.kafka.settings(Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--kafka-config nowhere.properties");
    }

    @Test
    void shouldSayInOneLineThatKafkaDoesNotLetItIn() {
        probe.fails = true;
        probe.failure = new KafkaException("Cannot do it", new SaslAuthenticationException("invalid credentials"));

        assertThat(run(Map.of())).isEqualTo(CommandLineApp.FAILED);

        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("probe: Kafka at localhost:9092 does not let this user in: invalid credentials;");
    }

    @Test
    void shouldTellItsVersion() {
        CommandLine commandLine = CommandLineApp.of(probe, Map.of());

        assertThat(commandLine.getCommandSpec().version())
                .singleElement()
                .asString()
                .startsWith("hemline ");
    }

    @Test
    void shouldPrintOneLineWhenAFlagIsWrong() {
        int exitCode = run(Map.of(), "--rate", "fast");

        assertThat(exitCode).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(errors.toString().lines())
                .hasSize(1)
                .first()
                .asString()
                .contains("--rate")
                .contains("fast");
    }

    @Test
    void shouldPrintOneLineWhenAPersonHasToAct() {
        probe.fails = true;
        probe.failure = new UserError("The folder is not writable;\n  choose another");

        assertThat(run(Map.of())).isEqualTo(CommandLineApp.FAILED);

        assertThat(errors.toString()).isEqualToIgnoringNewLines("probe: The folder is not writable; choose another");
    }

    @Test
    void shouldNameTheFlagWhenASettingIsInvalid() {
        probe.fails = true;
        probe.failure = new IllegalArgumentException("--http-port is 0 to 65535, not 70000");

        assertThat(run(Map.of())).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString()).contains("--http-port is 0 to 65535");
    }

    @Test
    void shouldTellInOneLineWhatKafkaRefuses() {
        probe.fails = true;
        probe.failure = new KafkaException(
                "Failed to construct kafka producer", new SaslAuthenticationException("Authentication failed"));

        assertThat(run(Map.of())).isEqualTo(CommandLineApp.FAILED);

        assertThat(errors.toString().strip())
                .startsWith("probe: Kafka at localhost:9092 does not let this user in: Authentication failed; ");
    }

    @Test
    void shouldTellInOneLineThatABrokersNameIsUnknown() {
        probe.fails = true;
        probe.failure = new KafkaException(
                "Failed to construct kafka consumer",
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));

        assertThat(run(Map.of())).isEqualTo(CommandLineApp.FAILED);

        assertThat(errors.toString().strip())
                .isEqualTo("probe: The name of no broker in --bootstrap-servers can be resolved");
    }
}
