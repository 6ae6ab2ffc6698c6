package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
