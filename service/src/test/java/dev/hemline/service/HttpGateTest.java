package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpGateTest {
    private static final String TOKEN = "a-token-of-many-letters";

    private static MonitoringServer start(String host, Optional<HttpToken> token, String... allowed) {
        return MonitoringServer.start(
                new HttpSettings(host, 0, token, Optional.empty(), List.of(allowed), List.of()),
                Metrics.registry("guarded"),
                () -> Optional.of("no broker answers at kafka-1:9092"),
                config -> config.routes.get("/more", context -> context.result("more")));
    }

    private static MonitoringServer start(String host, String... allowed) {
        return start(host, Optional.empty(), allowed);
    }

    private static int status(MonitoringServer server, String path, String... headers) throws Exception {
        return Integer.parseInt(RawHttp.get(server.port(), path, headers).substring(9, 12));
    }

    @Test
    void shouldNotAnswerToANameThatOnlyLeadsHere() throws Exception {
        for (String host : List.of("localhost", "0.0.0.0")) {
            try (MonitoringServer server = start(host)) {
                for (String path : List.of("/metrics", "/more", "/health/ready", "/nowhere")) {
                    String answer = RawHttp.get(server.port(), path, "Host: evil.example:80");

                    assertThat(answer)
                            .as(path)
                            .startsWith("HTTP/1.1 421 ")
                            .contains("--http-allowed-hosts evil.example")
                            .doesNotContain("jvm_")
                            .doesNotContain("kafka-1");
                }
                assertThat(status(server, "/more", "Host: localhost.evil.example"))
                        .isEqualTo(421);
                assertThat(status(server, "/more", "Host: 127.0.0.1.evil.example"))
                        .isEqualTo(421);
                assertThat(RawHttp.get(server.port(), "/more", "Host: <script>"))
                        .doesNotContain("200 OK")
                        .doesNotContain("<script>");
            }
        }
    }

    @Test
    void shouldAnswerToItsOwnNamesAndToAnyAddress() throws Exception {
        try (MonitoringServer server = start("0.0.0.0")) {
            for (String host : List.of(
                    "localhost",
                    "LocalHost:9401",
                    "localhost.:9401",
                    "127.0.0.1:9401",
                    "[::1]",
                    "10.244.3.7:9401",
                    InetAddress.getLocalHost().getHostName() + ":9401")) {
                assertThat(status(server, "/more", "Host: " + host)).as(host).isEqualTo(200);
            }
            try (RawHttp program = RawHttp.to(server.port())) {
                program.say("GET /more HTTP/1.0\r\n\r\n");

                assertThat(program.rest()).endsWith("more");
            }
        }
    }

    @Test
    void shouldAnswerToNamesThatAPersonAllows() throws Exception {
        try (MonitoringServer server = start("localhost", "Classifier.example")) {
            assertThat(status(server, "/more", "Host: classifier.example:80")).isEqualTo(200);
            assertThat(status(server, "/more", "Host: other.example")).isEqualTo(421);
        }
        try (MonitoringServer server = start("localhost", "*")) {
            assertThat(status(server, "/more", "Host: other.example")).isEqualTo(200);
        }
    }

    @Test
    void shouldLetPagesOfOtherSitesLinkHereAndNoMore() throws Exception {
        try (MonitoringServer server = start("localhost")) {
            String here = "Host: localhost:9401";

            assertThat(status(server, "/more", here, "Origin: https://evil.example"))
                    .isEqualTo(403);
            assertThat(status(server, "/more", here, "Origin: null")).isEqualTo(403);
            assertThat(status(server, "/more", here, "Origin: http://localhost:8080"))
                    .isEqualTo(403);
            assertThat(status(server, "/more", here, "Sec-Fetch-Site: cross-site"))
                    .isEqualTo(403);
            assertThat(status(server, "/more", here, "Sec-Fetch-Site: same-site"))
                    .isEqualTo(403);
            String navigates = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: ";
            assertThat(status(server, "/more", here, navigates + "iframe")).isEqualTo(403);

            assertThat(RawHttp.get(server.port(), "/metrics", here))
                    .contains("hemline_http_refused_total{application=\"guarded\",reason=\"site\"} 6")
                    .contains("hemline_http_refused_total{application=\"guarded\",reason=\"host\"} 0");
            assertThat(status(server, "/more", here, navigates + "document")).isEqualTo(200);
            assertThat(status(server, "/more", here, "Origin: http://localhost:9401"))
                    .isEqualTo(200);
            assertThat(status(server, "/more", here, "Sec-Fetch-Site: same-origin"))
                    .isEqualTo(200);
            assertThat(status(server, "/more", here, "Sec-Fetch-Site: none")).isEqualTo(200);
        }
    }

    @Test
    void shouldTellStrangersThatItIsNotReadyAndNotWhere() throws Exception {
        try (MonitoringServer server = start("localhost", Optional.of(new HttpToken(TOKEN)))) {
            String here = "Host: localhost";
            String throughAProxy = "X-Forwarded-For: 203.0.113.9";

            assertThat(RawHttp.get(server.port(), "/health/ready", here)).contains("503", "kafka-1:9092");
            assertThat(RawHttp.get(server.port(), "/health/ready", here, throughAProxy))
                    .contains("503", "not ready: the log says why")
                    .doesNotContain("kafka-1");
            assertThat(RawHttp.get(
                            server.port(), "/health/ready", here, throughAProxy, "Authorization: Bearer " + TOKEN))
                    .contains("503", "kafka-1:9092");
        }
    }
}
