package dev.hemline.classifier.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.NotFetchedException;
import dev.hemline.topic.NotYetReadableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchingReaderTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\n...".getBytes(ISO_8859_1);
    private static final String SHA256 = HexFormat.of().formatHex(Claims.sha256(PNG));
    private static final int MAX_BYTES = 1_000;
    /** Of which no more than one fits into what is kept for pictures. */
    private static final int HUGE =
            (int) Math.min(Integer.MAX_VALUE - 1024, Runtime.getRuntime().maxMemory() / 15);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                // Nobody is told how long it is.
                exchange.sendResponseHeaders(200, 0);
                held.getOrDefault(exchange.getRequestURI().getPath(), new CountDownLatch(0))
                        .await();
                exchange.getResponseBody().write(PNG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private PictureStores stores(int maxBytes) {
        return new PictureStores(
                FetchList.parse(List.of(base)), Optional.empty(), maxBytes, Duration.ofMinutes(1), metrics);
    }

    private static FetchingReader reader(PictureStores stores) {
        return new FetchingReader(new ImageEventReader(), stores);
    }

    private ConsumerRecord<byte[], byte[]> at(long offset) {
        return record(offset, "{\"contentUrl\":\"" + base + offset + "\",\"contentSha256\":\"" + SHA256 + "\"}");
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String json) {
        return new ConsumerRecord<>("image-events", 0, offset, null, json.getBytes(UTF_8));
    }

    private static ImageEvent awaited(FetchingReader reader, ConsumerRecord<byte[], byte[]> record) {
        await().ignoreException(NotYetReadableException.class).until(() -> reader.read(record) != null);
        return reader.read(record);
    }

    @Test
    void shouldReadAnEventOnceItsPictureIsThere() {
        try (PictureStores stores = stores(MAX_BYTES)) {
            FetchingReader reader = reader(stores);
            held.put("/5", new CountDownLatch(1));
            assertThatThrownBy(() -> reader.read(at(5))).isInstanceOf(NotYetReadableException.class);
            await().until(() -> asked.get() == 1);
            assertThatThrownBy(() -> reader.read(at(5))).isInstanceOf(NotYetReadableException.class);

            held.get("/5").countDown();

            ImageEvent event = awaited(reader, at(5));
            assertThat(event.getContent().array()).isEqualTo(PNG);
            assertThat(event.getFormat()).isEqualTo(ImageFormat.PNG);
            assertThat(event.getId()).isEqualTo("image-events-0@5");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void shouldFetchAheadAndSideBySide() {
        try (PictureStores stores = stores(MAX_BYTES)) {
            FetchingReader reader = reader(stores);
            held.put("/0", new CountDownLatch(1));
            assertThatThrownBy(() -> reader.read(at(0))).isInstanceOf(NotYetReadableException.class);

            for (int again = 0; again < 3; again++) {
                for (int offset = 1; offset < 80; offset++) {
                    reader.ahead(at(offset));
                }
            }

            await().until(() -> asked.get() == 33);
            held.get("/0").countDown();
            for (int offset = 0; offset < 33; offset++) {
                awaited(reader, at(offset));
            }
            // Those are being classified; the next ones are fetched meanwhile.
            assertThatThrownBy(() -> reader.read(at(33))).isInstanceOf(NotYetReadableException.class);
            for (int offset = 34; offset < 80; offset++) {
                reader.ahead(at(offset));
            }
            await().until(() -> asked.get() == 66);
        }
    }

    @Test
    void shouldFetchWhatIsNeededWhenThereWasNoRoomToHaveItAhead() {
        try (PictureStores stores = stores(HUGE)) {
            FetchingReader reader = reader(stores);
            for (int offset = 0; offset < 10; offset++) {
                held.put("/" + offset, new CountDownLatch(1));
            }
            assertThatThrownBy(() -> reader.read(at(0))).isInstanceOf(NotYetReadableException.class);
            for (int offset = 1; offset < 10; offset++) {
                reader.ahead(at(offset));
            }
            // One has the room, and eight were asked for and have none.
            await().until(() ->
                    metrics.counter("hemline.fetches", "store", base.replaceAll("/$", ""), "result", "no-room")
                                    .count()
                            == 8);

            held.values().forEach(CountDownLatch::countDown);

            for (int offset = 0; offset < 10; offset++) {
                assertThat(awaited(reader, at(offset)).getContent().array()).isEqualTo(PNG);
                reader.done(at(offset));
            }
            assertThat(asked).hasValue(18);
        }
    }

    @Test
    void shouldGiveRoomBackThatAPartitionHadWhenItGoesElsewhere() {
        try (PictureStores stores = stores(HUGE)) {
            FetchingReader reader = reader(stores);
            held.put("/1", new CountDownLatch(1));
            awaited(reader, at(0));
            assertThatThrownBy(() -> reader.read(at(1))).isInstanceOf(NotYetReadableException.class);

            reader.forget(0);

            held.get("/1").countDown();
            for (int offset = 2; offset < 40; offset++) {
                awaited(reader, at(offset));
                reader.forget(0);
            }
        }
    }

    @Test
    void shouldTakeThePictureInsideWhereThereIsOne() {
        try (PictureStores stores = stores(MAX_BYTES)) {
            String inside = Base64.getEncoder().encodeToString(PNG);

            ImageEvent event =
                    reader(stores).read(record(0, "{\"content\":\"" + inside + "\",\"contentUrl\":\"" + base + "\"}"));

            assertThat(event.getContent().remaining()).isEqualTo(PNG.length);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void shouldRefuseWhatCannotBeFetched() {
        try (PictureStores stores = stores(MAX_BYTES)) {
            FetchingReader reader = reader(stores);
            String without = "{\"contentUrl\":\"" + base + "a?sig=secret\"";
            reader.ahead(record(0, "{\"contentUrl\":\"file:///etc/passwd\",\"contentSha256\":\"" + SHA256 + "\"}"));
            reader.ahead(record(1, "{"));

            for (String json : List.of(
                    without + "}",
                    without + ",\"contentSha256\":\"00ff\"}",
                    without + ",\"contentSha256\":\"" + "x".repeat(64) + "\"}",
                    "{\"contentUrl\":\"file:///etc/passwd\",\"contentSha256\":\"" + SHA256 + "\"}")) {
                assertThatThrownBy(() -> reader.read(record(0, json)))
                        .isInstanceOf(NotFetchedException.class)
                        .hasMessageNotContaining("secret");
            }
            assertThatThrownBy(() -> reader(PictureStores.none()).read(at(0)))
                    .hasMessageContaining("start the classifier with --fetch-from");
            assertThat(asked).hasValue(0);
        }
    }
}
