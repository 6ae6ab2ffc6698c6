package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.RawHttp;
import dev.hemline.service.Readiness;
import dev.hemline.topic.EventFormats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page's server lets through, without a broker. */
class LivePageTest {
    private static final int MOST_BYTES = 1_000;
    private static final HttpSettings HTTP = new HttpSettings("localhost", 0);
    static final ModelStore NO_MODELS = new ModelStore() {
        @Override
        public List<ModelManifest> newestFirst() {
            return List.of();
        }

        @Override
        public Optional<Integer> pinned(String name) {
            return Optional.empty();
        }

        @Override
        public byte[] archive(ModelManifest manifest) {
            return new byte[0];
        }
    };

    private final LivePage page = new LivePage(
            MOST_BYTES,
            new PageSources(
                    KafkaSettings.of("localhost:1"),
                    EventFormats.DEFAULT,
                    new InstanceFigures(new SimpleMeterRegistry()),
                    NO_MODELS,
                    Optional::empty,
                    new LabelNames(() -> {
                        throw new InvalidStateStoreException("not yet");
                    }),
                    Optional::empty,
                    List::of,
                    List::of));
    private final MonitoringServer server =
            MonitoringServer.start(HTTP, Metrics.registry("classifier"), Readiness.ALWAYS, page);

    @AfterEach
    void stop() {
        server.close();
        page.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder picture(byte[] content) {
        return to("/page/pictures")
                .header("Origin", "http://localhost:" + server.port())
                .POST(BodyPublishers.ofByteArray(content));
    }

    @Test
    void shouldLetBrowsersLoadNothingFromElsewhere() throws Exception {
        HttpResponse<String> response = send(to("/"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<title>Hemline classifier, live</title>");
        assertThat(response.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @Test
    void shouldServeItsScriptsAndNoOtherFile() throws Exception {
        assertThat(send(to("/page/page.js")).headers().firstValue("content-type"))
                .contains("text/javascript; charset=utf-8");
        assertThat(send(to("/page/uplot.js")).statusCode()).isEqualTo(200);
        assertThat(send(to("/page/LivePage.class")).statusCode()).isEqualTo(404);
        assertThat(send(to("/page/..%2f..%2flogback.xml")).statusCode()).isBetween(400, 404);
    }

    @Test
    void shouldTakePicturesFromItsOwnPageOnly() throws Exception {
        byte[] content = new byte[10];

        assertThat(send(to("/page/pictures").POST(BodyPublishers.ofByteArray(content)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(to("/page/pictures")
                                .header("Origin", "https://evil.example")
                                .POST(BodyPublishers.ofByteArray(content)))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldNotAnswerToANameThatOnlyLeadsHere() throws Exception {
        assertThat(RawHttp.get(server.port(), "/", "Host: evil.example")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void shouldShowNothingLiveToPagesOfOtherSites() throws Exception {
        String here = "Host: localhost:" + server.port();

        assertThat(RawHttp.get(server.port(), "/page/live", here, "Origin: https://evil.example"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(RawHttp.get(server.port(), "/page/live", here, "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void shouldLetNobodyKeepOthersFromSendingByDawdling() throws Exception {
        String head = "POST /page/pictures HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n";
        List<RawHttp> dawdlers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RawHttp dawdler = RawHttp.from("127.0.0.2", server.port());
            dawdler.say(head + "Content-Length: 900\r\n\r\nG");
            dawdlers.add(dawdler);
        }
        // Four of them have a seat, the others are refused at once.
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    try (RawHttp other = RawHttp.to(server.port())) {
                        other.say(head + "Content-Length: 4\r\nConnection: close\r\n\r\n<svg");
                        assertThat(other.rest()).startsWith("HTTP/1.1 415 ");
                    }
                    return !anyDawdles(dawdlers);
                });

        List<String> answers = new ArrayList<>();
        for (RawHttp dawdler : dawdlers) {
            answers.add(dawdler.rest());
            dawdler.close();
        }
        assertThat(answers)
                .filteredOn(answer -> answer.contains("comes too slowly"))
                .hasSize(4);
    }

    /** Sends a byte of each that has no answer yet; after one, another byte would break the connection before it is read. */
    private static boolean anyDawdles(List<RawHttp> dawdlers) throws IOException {
        boolean any = false;
        for (RawHttp dawdler : dawdlers) {
            if (dawdler.socket().getInputStream().available() == 0) {
                dawdler.say("I");
                any = true;
            }
        }
        return any;
    }

    @Test
    void shouldRefuseAPictureThatIsTooLargeInASentence() throws Exception {
        HttpResponse<String> response = send(picture(new byte[300_000]));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("larger than 1000 bytes").contains("send a smaller one");
    }

    @Test
    void shouldSayThatAPictureDidNotArriveWhole() throws Exception {
        String request = "POST /page/pictures HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nno number\r\nGIF89a";
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("did not arrive whole; send it again");
        }
    }

    @Test
    void shouldRefuseWhatIsNoPictureWhateverItCallsItself() throws Exception {
        HttpResponse<String> response = send(picture("<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "image/png"));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("SVG drawing, which is not read");
    }

    @Test
    void shouldTellWhoWatchesWhatHappensAndTurnAwayTheNinthOfOneClient() throws Exception {
        List<HttpResponse<InputStream>> watching = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            watching.add(HttpClient.newHttpClient().send(to("/page/live").build(), BodyHandlers.ofInputStream()));
        }

        HttpResponse<String> ninth = send(to("/page/live"));

        assertThat(ninth.statusCode()).isEqualTo(503);
        assertThat(ninth.body()).contains("8 from your address");
        try (RawHttp elsewhere = RawHttp.from("127.0.0.2", server.port())) {
            elsewhere.say("GET /page/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(new BufferedReader(
                                    new InputStreamReader(elsewhere.socket().getInputStream(), StandardCharsets.UTF_8))
                            .readLine())
                    .contains("200");
        }
        var reader = new BufferedReader(new InputStreamReader(watching.get(0).body(), StandardCharsets.UTF_8));
        assertThat(reader.lines().anyMatch("event: pulse"::equals)).isTrue();

        // When one goes, there is room again.
        watching.get(1).body().close();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var again = HttpClient.newHttpClient().send(to("/page/live").build(), BodyHandlers.ofInputStream());
            again.body().close();
            return again.statusCode() == 200;
        });
    }
}
