package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MonitoringServerTest {
    private static final HttpSettings ANY_PORT = new HttpSettings("localhost", 0);

    private volatile Optional<String> notReady = Optional.empty();
    private final MonitoringServer server = MonitoringServer.start(ANY_PORT, Metrics.registry("probe"), () -> notReady);

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create("http://localhost:" + server.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
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
}
