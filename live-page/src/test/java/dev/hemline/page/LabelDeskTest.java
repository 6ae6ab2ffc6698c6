package dev.hemline.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.Sample;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LabelDeskTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

    private final RequestBoard board = new RequestBoard();
    private final FakeRequests requests = new FakeRequests();
    private final LabelDesk desk = new LabelDesk(
            board,
            requests,
            new LabelNames(() -> {
                throw new InvalidStateStoreException("not yet");
            }),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final MonitoringServer server = MonitoringServer.start(
            new HttpSettings("localhost", 0), Metrics.registry("classifier"), Readiness.ALWAYS, desk);

    private static final class FakeRequests implements LabelDesk.Requests {
        private final List<GroundTruth> labels = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private boolean away;

        @Override
        public void use() {}

        @Override
        public Optional<Sample> picture(LabelRequest request) {
            if (away) {
                throw new KafkaException("no broker answers");
            }
            return gone.contains(request.getId())
                    ? Optional.empty()
                    : Optional.of(Sample.newBuilder()
                            .setId(request.getId())
                            .setSource("shop")
                            .setChannels(1)
                            .setHeight(1)
                            .setWidth(2)
                            .setPixels(ByteBuffer.wrap(new byte[] {0, 1}))
                            .setProbabilities(List.of(0.4f, 0.6f))
                            .setModelName("clothes")
                            .setModelVersion(12)
                            .setShare(1)
                            .setCapturedAt(NOW)
                            .setClassifiedAt(NOW)
                            .build());
        }

        @Override
        public void label(GroundTruth truth) throws ExecutionException {
            if (away) {
                throw new ExecutionException(new KafkaException("no broker answers"));
            }
            labels.add(truth);
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void stop() {
        server.close();
        desk.close();
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(
                to(path).header("Origin", "http://localhost:" + server.port()).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> next(String person) throws Exception {
        return send(to("/page/labels/next?desk=" + person));
    }

    @Test
    void shouldShowAPictureAndNotWhatTheModelMadeOfIt() throws Exception {
        board.requested(RequestBoardTest.request("a"));

        HttpResponse<String> shown = next("ann");

        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("cache-control")).contains("no-store");
        assertThat(shown.body())
                .isEqualTo("{\"open\":1,\"task\":{\"id\":\"a\",\"source\":\"shop\",\"reason\":\"unsure\",\"picture\":"
                        + "{\"channels\":1,\"height\":1,\"width\":2,\"pixels\":\"AAE=\"},\"labels\":[\"0\",\"1\"]}}");
    }

    @Test
    void shouldPassOverWhatHasNoPictureAnyMore() throws Exception {
        board.requested(RequestBoardTest.request("a"));
        board.requested(RequestBoardTest.request("b"));
        requests.gone.add("b");

        assertThat(next("ann").body()).contains("\"id\":\"a\"").contains("\"open\":1");
    }

    @Test
    void shouldMakeALabelOfAnAnswerAndOneMoreWhereItIsTakenBack() throws Exception {
        board.requested(RequestBoardTest.request("a"));

        assertThat(post("/page/labels", "{\"id\":\"a\",\"label\":1,\"by\":\" Ann \"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(post("/page/labels", "{\"id\":\"a\",\"label\":0,\"by\":\"Ann\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(requests.labels)
                .containsExactly(new GroundTruth("a", 1, NOW, "Ann"), new GroundTruth("a", 0, NOW, "Ann"));
        assertThat(next("ann").body()).isEqualTo("{\"open\":0,\"task\":null}");
    }

    @Test
    void shouldTakeNoLabelThatMakesNoSense() throws Exception {
        board.requested(RequestBoardTest.request("a"));

        assertThat(post("/page/labels", "{\"id\":\"a\",\"label\":2,\"by\":\"Ann\"}")
                        .body())
                .contains("0 to 1 here");
        assertThat(post("/page/labels", "{\"id\":\"a\",\"label\":1,\"by\":\" \"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/page/labels", "{\"id\":\"b\",\"label\":1,\"by\":\"Ann\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(post("/page/labels", "[]").statusCode()).isEqualTo(400);
        assertThat(post("/page/labels", "{").statusCode()).isEqualTo(400);
        assertThat(post("/page/labels", " ".repeat(9_000)).statusCode()).isEqualTo(413);
        assertThat(next("").statusCode()).isEqualTo(400);
        assertThat(requests.labels).isEmpty();
    }

    @Test
    void shouldTakeLabelsFromItsOwnPageOnly() throws Exception {
        board.requested(RequestBoardTest.request("a"));

        assertThat(send(to("/page/labels").POST(BodyPublishers.ofString("{\"id\":\"a\",\"label\":1,\"by\":\"Ann\"}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(requests.labels).isEmpty();
    }

    @Test
    void shouldGiveToOthersWhatOneSkips() throws Exception {
        board.requested(RequestBoardTest.request("a"));
        next("ann");

        assertThat(post("/page/labels/skip", "{\"id\":\"a\",\"desk\":\"ann\"}").statusCode())
                .isEqualTo(204);

        assertThat(next("ann").body()).contains("\"task\":null");
        assertThat(next("bob").body()).contains("\"id\":\"a\"");
    }

    @Test
    void shouldSayWhenKafkaIsAwayAndKeepTheRequest() throws Exception {
        board.requested(RequestBoardTest.request("a"));
        requests.away = true;

        assertThat(next("ann").statusCode()).isEqualTo(503);
        assertThat(post("/page/labels", "{\"id\":\"a\",\"label\":1,\"by\":\"Ann\"}")
                        .statusCode())
                .isEqualTo(503);
        requests.away = false;

        assertThat(next("ann").body()).contains("\"id\":\"a\"");
    }
}
