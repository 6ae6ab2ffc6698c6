package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Optional<HttpToken> TOKEN = Optional.of(new HttpToken("a-token-of-many-letters"));

    private final AtomicLong now = new AtomicLong();
    /** What was shown with each question. */
    private final List<String> shown = new CopyOnWriteArrayList<>();

    private volatile int status = 200;
    private volatile int bytes = 2;
    private HttpServer instance;

    @BeforeEach
    void start() throws IOException {
        instance = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        instance.setExecutor(Executors.newCachedThreadPool());
        instance.createContext("/", this::answer);
        instance.start();
    }

    @AfterEach
    void stop() {
        instance.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.sendResponseHeaders(status, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int sent = 0; sent < bytes; sent += 1 << 20) {
                out.write(new byte[Math.min(bytes, 1 << 20)]);
            }
        }
    }

    private PeerHttp with(Optional<HttpToken> token, String... peers) {
        var settings = new HttpSettings("localhost", 0, token, Optional.empty(), List.of(), List.of(peers));
        return new PeerHttp(settings, PATIENCE, now::get);
    }

    private String here() {
        return "localhost:" + instance.getAddress().getPort();
    }

    private static String problem(PeerHttp peers, String address) throws InterruptedException {
        try {
            peers.get(address, "/").get();
            return "";
        } catch (ExecutionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void shouldShowTheTokenOnThisMachine() throws Exception {
        assertThat(with(TOKEN).get(here(), "/").get()).hasSize(2);

        assertThat(shown).containsExactly("Bearer a-token-of-many-letters");
    }

    @Test
    void shouldShowTheTokenToNoStrangerWhoSaysThatHeIsAnInstance() throws Exception {
        for (String stranger :
                List.of("stranger.example:80", "127.evil.example:80", "localhost.evil.example:80", ":80")) {
            assertThat(problem(with(TOKEN), stranger)).as(stranger).contains("--http-peers");
        }
    }

    @Test
    void shouldAskOnlyThoseThatAPersonNamed() throws Exception {
        assertThat(problem(with(TOKEN, "classifier-*.example", "other:9401"), here()))
                .endsWith("it is not among --http-peers");
        assertThat(problem(with(Optional.empty(), "localhost:1"), here())).contains("--http-peers");
        assertThat(shown).isEmpty();

        assertThat(problem(with(TOKEN, "classifier-*.example", "local*"), here()))
                .isEmpty();
        for (String stranger : List.of("classifier-1.evil.example:80", "classifier-@evil:80", "classifier-/:80")) {
            assertThat(problem(with(TOKEN, "classifier-*"), stranger))
                    .as(stranger)
                    .endsWith("it is not among --http-peers");
        }
    }

    @Test
    void shouldTakeAnAddressThatIsNoneForAnInstanceThatIsAway() throws Exception {
        for (String nonsense : List.of("class_2:9402", "a b:1", "host:port", "host:99999999", "", "[::1")) {
            assertThat(problem(with(Optional.empty()), nonsense)).as(nonsense).isNotEmpty();
        }
    }

    @Test
    void shouldAskSeldomWhoDoesNotAnswerAndOftenAgainWhoDoes() throws Exception {
        // Given
        PeerHttp peers = with(TOKEN);
        status = 401;

        // When it is wanted ten times a second for ten seconds
        for (int i = 0; i < 100; i++) {
            assertThat(problem(peers, here())).endsWith("it answered with status 401");
            now.addAndGet(Duration.ofMillis(100).toNanos());
        }

        // Then
        assertThat(shown).hasSizeBetween(2, 5);
        status = 200;
        now.addAndGet(Duration.ofSeconds(8).toNanos());
        assertThat(problem(peers, here())).isEmpty();
        assertThat(problem(peers, here())).isEmpty();
    }

    @Test
    void shouldBreakOffAnAnswerLargerThanAny() throws Exception {
        bytes = 40 << 20;

        assertThat(problem(with(TOKEN), here())).contains("larger than 16777216 bytes");
    }

    @Test
    void shouldLetGoOfAnInstanceWhoseAnswerStalls() throws Exception {
        try (ServerSocket stalling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answer = with(TOKEN).get("127.0.0.1:" + stalling.getLocalPort(), "/");
            try (Socket socket = stalling.accept()) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1".getBytes(UTF_8));

                assertThatThrownBy(answer::get).isInstanceOf(ExecutionException.class);
                assertThat(socket.getInputStream().readAllBytes())
                        .as("and the end")
                        .isNotEmpty();
            }
        }
    }
}
