package dev.hemline.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.image.FormatDetection;
import dev.hemline.image.UnfitImageException;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.Readiness;
import dev.hemline.topic.EventFormats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The live page's server, given bytes that may be a request; the desk behind it asks no brokers. */
class UploadFuzzTest {
    private static final int MOST_BYTES = 1_000;
    private static final HttpSettings HTTP = new HttpSettings("localhost", 0);
    /** Not implemented, unavailable, no such version of HTTP: refusals. 500 is a fault that nobody thought of. */
    private static final Set<Integer> DECLARED = Set.of(501, 503, 505);

    private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3})");
    /** All threads of the server together, those that draw the page once a second included. */
    private static final long SERVER_MEMORY = 64 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Promise PROMISE = Promise.of(UploadFuzzTest::exchange, new Memory(64 << 20, 0), List.of());

    private static LivePage page;
    private static MonitoringServer server;

    /** Tells the format like the real desk, and answers at once. */
    private static Desk.Reply quietly(byte[] content) throws UnfitImageException {
        return new Desk.Reply("page-" + FormatDetection.of(content), null);
    }

    private static final class NoModels implements ModelStore {
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
    }

    @BeforeAll
    static void start() {
        page = new LivePage(
                MOST_BYTES,
                new PageSources(
                        KafkaSettings.of("localhost:1"),
                        EventFormats.DEFAULT,
                        new InstanceFigures(new SimpleMeterRegistry()),
                        new NoModels(),
                        Optional::empty,
                        new LabelNames(() -> {
                            throw new InvalidStateStoreException("not yet");
                        }),
                        Optional::empty,
                        List::of,
                        List::of),
                (topics, seen) -> UploadFuzzTest::quietly);
        server = MonitoringServer.start(HTTP, Metrics.registry("classifier"), Readiness.ALWAYS, page);
    }

    @AfterAll
    static void stop() {
        server.close();
        page.close();
    }

    static Stream<byte[]> seeds() {
        String own = " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n";
        String post = "POST /page/pictures" + own;
        return Stream.of(
                        "GET /" + own + "\r\n",
                        "GET /page/live" + own + "\r\n",
                        "HEAD /page/page.js" + own + "\r\nGET /metrics" + own + "\r\n",
                        post + "Content-Type: image/gif\r\nContent-Length: 6\r\n\r\nGIF89a",
                        post + "Content-Length: 2\r\n\r\nBM" + post + "Content-Length: 4\r\n\r\n<svg",
                        post + "Transfer-Encoding: chunked\r\n\r\n3\r\nGIF\r\n2;a=b\r\n89\r\n0\r\nTrailer: 1\r\n\r\n",
                        post + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\n%PDF",
                        post + "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\037\213\010\000",
                        post + "Content-Length: 1200\r\n\r\n" + "x".repeat(1_200),
                        "GET /metrics HTTP/1.1\r\nHost: evil.example:80\r\nSec-Fetch-Site: cross-site\r\n\r\n",
                        "GET /accuracy HTTP/1.1\r\nHost: [::1%1]:9\r\nOrigin: null\r\nForwarded: for=1\r\n\r\n",
                        "POST /page/pictures HTTP/1.0\r\nContent-Length: 0\r\n\r\n",
                        "OPTIONS *" + own + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n")
                .map(request -> request.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldAnswerOrHangUp(byte[] request) {
        BugDetectors.allowNetworkConnections();
        PROMISE.holdsFor(request);
    }

    @Test
    void shouldAnswerOrHangUpWhateverHappenedToARequest() {
        Mutations.of(seeds()).forEach(100, PROMISE::holdsFor);
    }

    /** Nobody is answered with a fault or a refusal without a word, and the next one is served. */
    private static Object exchange(byte[] request) throws IOException {
        long before = allocatedByAllThreads();
        String answer = RawExchange.with(server.port(), request);
        assertThat(allocatedByAllThreads() - before).as("bytes allocated").isLessThan(SERVER_MEMORY);
        for (int status : statuses(answer)) {
            assertThat(status < 500 || DECLARED.contains(status)).as(answer).isTrue();
        }
        requireReason(request, answer);
        assertThat(RawExchange.with(server.port(), bytes("GET /health/live HTTP/1.0\r\n\r\n")))
                .startsWith("HTTP/1.1 200")
                .endsWith("alive\n");
        return answer;
    }

    /** The page says why it does not take a picture; what is no request at all, the server turns away by itself. */
    private static void requireReason(byte[] request, String answer) {
        List<Integer> statuses = statuses(answer);
        boolean picture = new String(request, ISO_8859_1).startsWith("POST /page/pictures HTTP/1.");
        if (picture && statuses.size() == 1 && statuses.get(0) >= 400) {
            assertThat(answer.substring(answer.indexOf("\r\n\r\n"))).as(answer).isNotBlank();
        }
    }

    private static List<Integer> statuses(String answer) {
        return STATUS_LINE
                .matcher(answer)
                .results()
                .map(MatchResult::group)
                .map(line -> Integer.valueOf(line.substring(line.length() - 3)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static long allocatedByAllThreads() {
        return Arrays.stream(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
