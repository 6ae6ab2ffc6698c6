package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class MonitoringServerTest {
    private static final String TOKEN = "a-token-of-many-letters";
    private static final HttpSettings ANY_PORT = new HttpSettings("localhost", 0);

    private volatile Optional<String> notReady = Optional.empty();
    private final MonitoringServer server = MonitoringServer.start(ANY_PORT, Metrics.registry("probe"), () -> notReady);

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return get(server, path, "");
    }

    private static HttpResponse<String> get(MonitoringServer server, String path, String authorization)
            throws Exception {
        URI address = URI.create("http://localhost:" + server.port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static MonitoringServer start(Optional<HttpToken> token, Optional<HttpsKey> key) {
        return MonitoringServer.start(
                new HttpSettings("localhost", 0, token, key),
                Metrics.registry("guarded"),
                Readiness.ALWAYS,
                config -> config.routes.get("/more", context -> context.result("more")));
    }

    @Test
    void shouldServeTheJvmsSeriesWithTheApplicationsName() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(response.body()).contains("jvm_memory_used_bytes{application=\"probe\"");
    }

    @Test
    void shouldSayWhyItIsNotReady() throws Exception {
        notReady = Optional.of("no model yet");

        HttpResponse<String> response = get("/health/ready");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).isEqualTo("not ready: no model yet\n");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeReadyWhenNothingStandsInTheWay() throws Exception {
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNameAPortThatIsTaken() {
        var taken = new HttpSettings("localhost", server.port());

        assertThatThrownBy(() -> MonitoringServer.start(taken, Metrics.registry("other"), Readiness.ALWAYS))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Port " + server.port())
                .hasMessageContaining("--http-port");
    }

    @Test
    void shouldAskForTheTokenForEverythingButHealth() throws Exception {
        // Given
        try (MonitoringServer guarded = start(Optional.of(new HttpToken(TOKEN)), Optional.empty())) {
            // Then
            assertThat(get(guarded, "/health/live", "").statusCode()).isEqualTo(200);
            assertThat(get(guarded, "/health/ready", "").statusCode()).isEqualTo(200);
            for (String path : List.of("/metrics", "/more", "/nowhere", "/health/live/", "/health/../metrics")) {
                HttpResponse<String> refused = get(guarded, path, "");
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("www-authenticate"))
                        .as(path)
                        .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic "));
                assertThat(refused.body()).doesNotContain("jvm_").doesNotContain("more");
            }
            assertThat(get(guarded, "/metrics", "Bearer " + TOKEN).body()).contains("jvm_memory_used_bytes");
            assertThat(get(guarded, "/more", "bearer " + TOKEN).body()).isEqualTo("more");
        }
    }

    @Test
    void shouldTakeTheTokenAsThePasswordThatABrowserAsksFor() throws Exception {
        try (MonitoringServer guarded = start(Optional.of(new HttpToken(TOKEN)), Optional.empty())) {
            assertThat(get(guarded, "/more", basic("anybody:" + TOKEN)).statusCode())
                    .isEqualTo(200);
            assertThat(get(guarded, "/more", basic(TOKEN + ":")).statusCode()).isEqualTo(401);
            assertThat(get(guarded, "/more", "Basic not base 64").statusCode()).isEqualTo(401);
            assertThat(get(guarded, "/more", "Bearer " + TOKEN + "x").statusCode())
                    .isEqualTo(401);
            assertThat(get(guarded, "/more", "Bearer").statusCode()).isEqualTo(401);
        }
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void shouldServeHttpsToThoseWhoTrustItsCertificate(@TempDir Path folder) throws Exception {
        // Given
        TestCertificate certificate = TestCertificate.make(folder, "a password");
        var key = new HttpsKey(certificate.keyStore(), certificate.password());
        try (MonitoringServer guarded = start(Optional.of(new HttpToken(TOKEN)), Optional.of(key))) {
            // When
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + guarded.port() + "/metrics"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            HttpResponse<String> answer = certificate.client().send(request, HttpResponse.BodyHandlers.ofString());

            // Then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("jvm_memory_used_bytes");
            HttpRequest untrusting = HttpRequest.newBuilder(URI.create("https://localhost:" + guarded.port() + "/"))
                    .build();
            assertThatThrownBy(
                            () -> HttpClient.newHttpClient().send(untrusting, HttpResponse.BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void shouldTakeANewTokenAndANewCertificateWhileItRuns(@TempDir Path folder) throws Exception {
        // Given
        Path token = Files.writeString(folder.resolve("token"), TOKEN);
        TestCertificate certificate = TestCertificate.make(folder, "a password");
        var options = new HttpOptions();
        options.tokenFile = token;
        options.keyStore = certificate.keyStore();
        HttpSettings settings = options.settings(Map.of("HEMLINE_HTTP_KEYSTORE_PASSWORD", "a password"));
        var said = new ListAppender<ILoggingEvent>();
        said.list = new CopyOnWriteArrayList<>();
        said.start();
        ((Logger) LoggerFactory.getLogger(Reread.class)).addAppender(said);
        try (MonitoringServer guarded = start(settings.token(), settings.key())) {
            var peers = new PeerHttp(settings, Duration.ofSeconds(10));
            String address = "localhost:" + guarded.port();
            assertThat(peers.get(address, "/more").get()).isEqualTo("more".getBytes(UTF_8));

            // When both files are broken, what was read before stays.
            Files.writeString(token, "short");
            byte[] before = Files.readAllBytes(certificate.keyStore());
            Files.write(certificate.keyStore(), Arrays.copyOf(before, before.length / 2));
            await().untilAsserted(() -> assertThat(said.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .filteredOn(line -> line.endsWith("what was read before stays in use"))
                    .anyMatch(line -> line.contains("HTTP token"))
                    .anyMatch(line -> line.contains("--http-keystore")));
            assertThat(peers.get(address, "/more").get()).isEqualTo("more".getBytes(UTF_8));

            // When both are whole again and new, they are in use, by the server and by those who ask others.
            Files.delete(certificate.keyStore());
            TestCertificate newer = TestCertificate.make(folder, "a password");
            Files.writeString(token, "another-token-of-many-letters\n");
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + address + "/more"))
                    .header("Authorization", "Bearer another-token-of-many-letters")
                    .build();
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> newer.client()
                                    .send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            assertThat(peers.get(address, "/more").get()).isEqualTo("more".getBytes(UTF_8));
        } finally {
            said.stop();
        }
    }
}
