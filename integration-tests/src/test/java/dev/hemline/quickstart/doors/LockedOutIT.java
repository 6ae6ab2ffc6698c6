package dev.hemline.quickstart.doors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import dev.hemline.service.TestCertificate;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.broker.SecuredBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** One line that says why, for everybody whom a secured Kafka does not let in. */
class LockedOutIT {
    @RegisterExtension
    static final SecuredBroker BROKER = new SecuredBroker();

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>(BROKER.client("admin"));

    /** The line on standard error, after an exit code of 1. */
    private String refusal(String brokers, String... verb) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(verb));
        arguments.addAll(List.of("--bootstrap-servers", brokers));
        // People wait longer, and are told the same.
        settings.put("default.api.timeout.ms", "3000");
        settings.put("request.timeout.ms", "3000");
        settings.forEach((name, value) -> arguments.addAll(List.of("--kafka", name + "=" + value)));
        try (RunningVerb running = RunningVerb.start(arguments)) {
            assertThat(running.exitCode()).as(running.said()).isEqualTo(CommandLineApp.FAILED);
            return running.said()
                    .lines()
                    .filter(line -> line.matches("(list|watch|create): .*"))
                    .findFirst()
                    .orElseGet(() -> "no such line in: " + running.said());
        }
    }

    @Test
    void shouldSayThatUserOrPasswordIsWrong() throws Exception {
        settings.compute(
                "sasl.jaas.config",
                (name, login) -> String.valueOf(login).replace(SecuredBroker.password("admin"), "another-password"));

        assertThat(refusal(BROKER.bootstrapServers(), "topics", "create"))
                .startsWith("create: Kafka at " + BROKER.bootstrapServers() + " does not let this user in: ")
                .contains("SCRAM-SHA-512")
                .doesNotContain("another-password");
    }

    @Test
    void shouldSayThatTheCertificateIsNotTrusted() throws Exception {
        settings.put(
                "ssl.truststore.location",
                TestCertificate.make(folder, "somebody else's").pem().toString());

        assertThat(refusal(BROKER.bootstrapServers(), "models", "list"))
                .contains("TLS handshake", "failed", "ssl.truststore.location");
    }

    @Test
    void shouldSayThatAFileOfCertificatesIsNotThere() throws Exception {
        settings.put("ssl.truststore.location", folder.resolve("nowhere.pem").toString());

        assertThat(refusal(BROKER.bootstrapServers(), "topics", "create"))
                .contains("These Kafka settings make no client", "nowhere.pem");
    }

    @Test
    void shouldSayThatTheBrokerSpeaksTls() throws Exception {
        settings.clear();

        assertThat(refusal(BROKER.bootstrapServers(), "topics", "create"))
                .contains("speaks TLS, and security.protocol is PLAINTEXT");
        assertThat(refusal(BROKER.bootstrapServers(), "watch"))
                .contains("speaks TLS, and security.protocol is PLAINTEXT");
    }

    @Test
    void shouldSayThatTheBrokerDoesNotSpeakTls() throws Exception {
        try (EmbeddedBroker open = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            assertThat(refusal(open.bootstrapServers(), "topics", "create"))
                    .contains("does not speak TLS, and security.protocol is SASL_SSL");
        }
    }
}
