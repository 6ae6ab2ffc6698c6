package dev.hemline.quickstart.doors;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.hemline.testbed.Patience.PATIENCE;
import static dev.hemline.testbed.Patience.PATIENCE_MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.hemline.quickstart.browser.OpenedPage;
import dev.hemline.quickstart.browser.TestBrowser;
import dev.hemline.quickstart.stream.TestModels;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.TestCertificate;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.SecuredBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A classifier with every lock there is: who has the key gets in, and none of its secrets gets out. */
class SecretsIT {
    private static final String TOKEN = "token-that-nobody-may-read";
    private static final String STORE_PASSWORD = "password-of-the-http-key";

    @RegisterExtension
    static final SecuredBroker BROKER = new SecuredBroker();

    @TempDir
    Path folder;

    private final int port = FreePort.any();

    @Test
    void shouldLetInWhoHasTheTokenAndKeepItsSecrets() throws Exception {
        // Given a classifier that logs as much as anybody turns on while looking for a mistake
        KafkaTopics.ensure(BROKER.admin(), Topics.ALL);
        TestModels.publish(BROKER.admin(), 1);
        TestCertificate certificate = TestCertificate.make(folder, STORE_PASSWORD);
        HttpClient client = certificate.client();
        try (ChildProcess classifier = start(certificate)) {
            // Then health is for everybody
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(300))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(status(client, "/health/ready"))
                            .as(() -> String.join("\n", classifier.lastLines()))
                            .isEqualTo(200));

            // And the rest for those who know the token, by HTTPS only
            HttpResponse<String> metrics = get(client, "/metrics");
            assertThat(metrics.statusCode()).isEqualTo(200);
            assertThat(get(client, "/accuracy").statusCode()).isIn(200, 503);
            assertThat(status(client, "/metrics")).isEqualTo(401);
            assertThat(status(client, "/accuracy/local")).isEqualTo(401);
            assertThat(status(client, "/")).isEqualTo(401);
            assertThat(status(client, "/page/live")).isEqualTo(401);
            HttpRequest plain = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/live"))
                    .build();
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(plain, BodyHandlers.discarding()))
                    .isInstanceOf(IOException.class);

            // And a browser that gives it as a password shows the page live
            try (TestBrowser browser = TestBrowser.start();
                    OpenedPage opened = browser.openWithPassword("https://localhost:" + port + "/", TOKEN)) {
                var patiently = new ContainsTextOptions().setTimeout(PATIENCE_MS);
                assertThat(opened.page().locator("#connection")).containsText("live", patiently);
                assertThat(opened.page().locator("#headline")).containsText("fashion-mnist v1", patiently);
            }
            classifier.stop(Duration.ofSeconds(30));

            // And none of it stands in the log or among the metrics
            String log = Files.readString(classifier.log());
            assertThat(log).contains("sasl.jaas.config = [hidden]").contains("Stream is RUNNING");
            for (String secret : List.of(SecuredBroker.password("admin"), TOKEN, STORE_PASSWORD)) {
                assertThat(log).doesNotContain(secret);
                assertThat(metrics.body()).doesNotContain(secret);
            }
        }
    }

    private ChildProcess start(TestCertificate certificate) throws IOException {
        List<String> arguments = List.of(
                "--bootstrap-servers",
                BROKER.bootstrapServers(),
                "--kafka-config",
                kafkaConfig().toString(),
                "--http-port",
                Integer.toString(port),
                "--http-token-file",
                Files.writeString(folder.resolve("token"), TOKEN + "\n").toString(),
                "--http-keystore",
                certificate.keyStore().toString(),
                "--http-keystore-password-file",
                Files.writeString(folder.resolve("password"), STORE_PASSWORD + "\n")
                        .toString(),
                "--state-dir",
                folder.resolve("state").toString());
        ChildCommand command = ChildCommand.of("classifier", "384m", arguments)
                .with("-DHEMLINE_LOG_LEVEL=DEBUG", "-DHEMLINE_LIBRARY_LOG_LEVEL=INFO");
        return ChildProcess.start(command, folder.resolve("classifier.log"));
    }

    private Path kafkaConfig() throws IOException {
        Path file = folder.resolve("kafka.properties");
        var settings = new Properties();
        settings.putAll(BROKER.client("admin"));
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        return file;
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    private HttpResponse<String> get(HttpClient client, String path) throws Exception {
        return client.send(to(path).header("Authorization", "Bearer " + TOKEN).build(), BodyHandlers.ofString());
    }

    /** Asked by somebody who trusts the certificate and does not know the token. */
    private int status(HttpClient client, String path) throws Exception {
        return client.send(to(path).build(), BodyHandlers.discarding()).statusCode();
    }
}
