package dev.hemline.classifier.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.service.TestCertificate;
import dev.hemline.service.TrustedCertificates;
import dev.hemline.topic.NotFetchedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers on this machine, what a store may answer, and where that may lead. */
@Timeout(60)
class PictureStoresTest {
    private static final int MAX_BYTES = 1_000;

    private static Reservation room() {
        return new Reservation(new Semaphore(1), true, MAX_BYTES);
    }

    private static final byte[] PICTURE = "a picture".getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @FunctionalInterface
    private interface Page {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    Path folder;

    private HttpServer server;
    private String base;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server);
        base = "http://127.0.0.1:" + server.getAddress().getPort() + "/in/";
        pages.put("/in/a", bytes(200, PICTURE));
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpServer one) {
        one.setExecutor(threads);
        one.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI());
                pages.getOrDefault(exchange.getRequestURI().getPath(), bytes(404, new byte[0]))
                        .answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        one.start();
    }

    private static Page bytes(int status, byte[] body) {
        return exchange -> {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static Page leadingTo(int status, String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    private byte[] get(String address, String... listed) throws Exception {
        return get(address, InetAddress::getAllByName, listed);
    }

    private static byte[] get(String address, HttpSource.Names names, String... listed) throws Exception {
        FetchList list = FetchList.parse(List.of(listed));
        Place place = list.find(address);
        try (Source source = place.prefix().scheme().equals("file")
                ? new FileSource()
                : new HttpSource(list, Optional.empty(), 2, names, Duration.ofSeconds(1))) {
            return source.get(place, room());
        }
    }

    @Test
    void shouldFetchWhatIsListed() throws Exception {
        assertThat(get(base + "a?X-Amz-Signature=ab%2Fcd", base)).isEqualTo(PICTURE);
        assertThat(asked)
                .containsExactly(
                        base.substring("http://".length(), base.indexOf("/in/")) + "/in/a?X-Amz-Signature=ab%2Fcd");
    }

    @Test
    void shouldFetchWhatHasNoLengthToldBefore() throws Exception {
        pages.put("/in/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(PICTURE);
        });

        assertThat(get(base + "chunked", base)).isEqualTo(PICTURE);
    }

    @Test
    void shouldFollowToWhatIsListedToo() throws Exception {
        pages.put("/in/1", leadingTo(302, "2"));
        pages.put("/in/2", leadingTo(307, "/out/3"));
        pages.put("/out/3", bytes(200, PICTURE));

        assertThat(get(base + "1", base, base.replace("/in/", "/out/"))).isEqualTo(PICTURE);
        assertThatThrownBy(() -> get(base + "1", base))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageContaining("it leads on", "/out/3 was not fetched: it is not under what may be fetched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]/in/a",
                "http://localhost/in/a",
                "//evil.example/in/a",
                "file:///etc/passwd",
                "../../etc/passwd",
                "https://me:secret@127.0.0.1/in/a",
                "gopher://127.0.0.1:25/",
                "http://127.0.0.1:22/in/a"
            })
    void shouldNotBeLedToWhatIsNotListed(String location) {
        pages.put("/in/1", leadingTo(302, location));

        assertThatThrownBy(() -> get(base + "1", base))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageContaining("it leads on")
                .hasMessageNotContaining("secret");
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldNotBeLedFromAServerToAFileEvenIfThatIsListed() throws Exception {
        Path file = Files.write(folder.resolve("a"), PICTURE);
        pages.put("/in/1", leadingTo(302, file.toUri().toString()));

        assertThatThrownBy(() -> get(base + "1", base, folder.toUri().toString()))
                .hasMessageContaining("it leads to a file");
    }

    @Test
    void shouldNotBeLedInACircle() {
        pages.put("/in/1", leadingTo(301, "1"));

        assertThatThrownBy(() -> get(base + "1", base)).hasMessageContaining("leads on more than 3 times");
        assertThat(asked).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "::ffff:127.0.0.1", "10.0.0.7", "169.254.169.254", "0.0.0.0"})
    void shouldNotConnectToAMachineOfOnesOwnThatANameStandsFor(String address) {
        String named = base.replace("127.0.0.1", "pictures.example");

        assertThatThrownBy(() -> get(named + "a", host -> InetAddress.getAllByName(address), named))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageContaining("its machine pictures.example is [");
        assertThat(asked).isEmpty();
    }

    @Test
    void shouldNotConnectToThisMachineByItsUsualName() {
        String named = base.replace("127.0.0.1", "localhost");

        assertThatThrownBy(() -> get(named + "a", named))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void shouldConnectToTheVeryAddressThatWasCheckedAndAskOnce() throws Exception {
        String named = base.replace("127.0.0.1", "pictures.example");
        AtomicInteger times = new AtomicInteger();
        HttpSource.Names turning =
                host -> InetAddress.getAllByName(times.getAndIncrement() == 0 ? "127.0.0.1" : "10.0.0.7");

        assertThat(get(named + "a", turning, named, "127.0.0.0/8")).isEqualTo(PICTURE);

        assertThat(times).hasValue(1);
        assertThat(asked).singleElement().asString().startsWith("pictures.example:");
    }

    @Test
    void shouldPassOverAddressesOfItsOwnAmongOthers() throws Exception {
        String named = base.replace("127.0.0.1", "pictures.example");
        HttpSource.Names mixed = host ->
                new InetAddress[] {InetAddress.getAllByName("10.0.0.7")[0], InetAddress.getAllByName("127.0.0.1")[0]};

        assertThat(get(named + "a", mixed, named, "127.0.0.1")).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @CsvSource({
        "404, put the picture there",
        "410, put the picture there",
        "403, sign it for longer",
        "401, sign it for longer",
        "400, it answers with status 400",
        "204, it answers with status 204",
        "304, it answers with status 304"
    })
    void shouldTakeTheseAnswersForTheLast(int status, String why) {
        pages.put("/in/b", bytes(status, new byte[0]));

        assertThatThrownBy(() -> get(base + "b?sig=secret", base))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageStartingWith("Its picture at " + base + "b was not fetched: ")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void shouldTakeTheseAnswersForNone(int status) {
        pages.put("/in/b", bytes(status, new byte[0]));

        assertThatThrownBy(() -> get(base + "b", base))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("it answers with status " + status);
    }

    @Test
    void shouldTakeWhoIsNotThereForAway() {
        server.stop(0);

        assertThatThrownBy(() -> get(base + "a", base))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("it takes no connection");
        String nobody = "https://nobody.invalid/";
        assertThatThrownBy(() -> get(
                        nobody,
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        nobody))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("nobody knows the name of its machine");
    }

    @Test
    void shouldNotReadWhatIsTooLarge() {
        byte[] large = new byte[MAX_BYTES + 1];
        pages.put("/in/long", bytes(200, large));
        pages.put("/in/chunked", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(large);
        });

        assertThatThrownBy(() -> get(base + "long", base)).hasMessageContaining("it has 1001 bytes, at most 1000");
        assertThatThrownBy(() -> get(base + "chunked", base))
                .hasMessageContaining("it has more than 1000 bytes, at most 1000");
    }

    @Test
    void shouldNotUnpackWhatIsPacked() throws Exception {
        pages.put("/in/packed", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, PICTURE.length);
            exchange.getResponseBody().write(PICTURE);
        });

        assertThat(get(base + "packed", base)).isEqualTo(PICTURE);
    }

    @Test
    void shouldNotWaitForWhatTrickles() {
        pages.put("/in/slow", exchange -> {
            exchange.sendResponseHeaders(200, 500);
            for (int i = 0; i < 500; i++) {
                exchange.getResponseBody().write(i);
                exchange.getResponseBody().flush();
                // No wait of the test's: this pace is what the client is given.
                Thread.sleep(50);
            }
        });

        assertThatThrownBy(() -> get(base + "slow", base))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("it does not end within 1 s");
    }

    @Test
    void shouldAskAgainForWhatIsCutShort() {
        pages.put("/in/cut", exchange -> {
            exchange.sendResponseHeaders(200, 500);
            exchange.getResponseBody().write(PICTURE);
            exchange.getResponseBody().flush();
            throw new IOException("the store dies");
        });

        assertThatThrownBy(() -> get(base + "cut", base)).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void shouldTrustTheCertificatesThatItIsToldAndCheckTheNameInThem() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "password");
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        serve(secure);
        String named = "https://localhost:" + secure.getAddress().getPort() + "/";
        String other = named.replace("localhost", "other.example");
        FetchList list = FetchList.parse(List.of(named, other, "127.0.0.1", "::1"));
        HttpSource.Names names = host -> InetAddress.getAllByName("127.0.0.1");
        var trusting = Optional.of(TrustedCertificates.in(certificate.pem(), "--fetch-ca"));

        try (var wary = new HttpSource(list, Optional.empty(), 1, names, PATIENCE);
                var told = new HttpSource(list, trusting, 1, names, PATIENCE)) {
            assertThat(told.get(list.find(named + "in/a"), room())).isEqualTo(PICTURE);
            assertThatThrownBy(() -> wary.get(list.find(named + "in/a"), room()))
                    .hasMessageContaining("certification path");
            assertThatThrownBy(() -> told.get(list.find(other + "in/a"), room()))
                    .hasMessageContaining("other.example");
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void shouldReadFilesOfAFolder() throws Exception {
        Files.write(folder.resolve("Stück 1.png"), PICTURE);
        String listed = folder.toUri().toString();

        assertThat(get(listed + "St%C3%BCck%201.png", listed)).isEqualTo(PICTURE);
    }

    @Test
    void shouldNotFollowLinksOutOfAFolder() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("in"));
        Files.write(folder.resolve("secret"), PICTURE);
        Files.write(inside.resolve("a"), PICTURE);
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("up"), folder);
        Files.createSymbolicLink(inside.resolve("same"), inside.resolve("a"));
        String listed = inside.toUri().toString();

        assertThatThrownBy(() -> get(listed + "link", listed)).hasMessageContaining("leads out of");
        assertThatThrownBy(() -> get(listed + "up/secret", listed)).hasMessageContaining("leads out of");
        assertThat(get(listed + "same", listed)).isEqualTo(PICTURE);
    }

    @Test
    void shouldTellAFileThatIsNotThereFromAFolderThatIsNot() throws Exception {
        Files.write(folder.resolve("large"), new byte[MAX_BYTES + 1]);
        String listed = folder.toUri().toString();
        String away = listed + "away/";

        assertThatThrownBy(() -> get(listed + "none", listed))
                .isInstanceOf(NotFetchedException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> get(listed + "large", listed)).hasMessageContaining("at most 1000");
        assertThatThrownBy(() -> get("file:///dev/zero", "file:///dev/")).hasMessageContaining("it is no file");
        assertThatThrownBy(() -> get(away + "a", away))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no folder");
    }

    @Test
    void shouldRefuseAddressesThatNoFileCanHave() throws Exception {
        Files.write(folder.resolve("a"), PICTURE);
        Files.createSymbolicLink(folder.resolve("circle"), folder.resolve("circle"));
        String listed = folder.toUri().toString();

        for (String name : List.of("a/b", "n".repeat(300), "circle")) {
            assertThatThrownBy(() -> get(listed + name, listed))
                    .as(name)
                    .isInstanceOf(NotFetchedException.class)
                    .hasMessageContaining("no such file");
        }
    }

    @Test
    void shouldFetchWhateverTheLargestPictureMayBe() {
        try (var stores = new PictureStores(
                FetchList.parse(List.of(base)), Optional.empty(), Integer.MAX_VALUE, PATIENCE, metrics)) {
            Claim claim = claim(stores, base + "a");

            await().until(() -> claim.picture().isPresent());
            assertThat(claim.picture().orElseThrow().join().orElseThrow()).isEqualTo(PICTURE);
        }
    }

    private PictureStores stores(Duration patience, String... listed) {
        return new PictureStores(FetchList.parse(List.of(listed)), Optional.empty(), MAX_BYTES, patience, metrics);
    }

    private static Claim claim(PictureStores stores, String address) {
        var claim = new Claim(stores.find(address), Claims.sha256(PICTURE), true);
        stores.fetch(claim);
        return claim;
    }

    @Test
    void shouldWaitForAStoreThatIsAwayAndTellSo() {
        pages.put("/in/a", bytes(503, new byte[0]));
        try (PictureStores stores = stores(PATIENCE, base)) {
            Claim claim = claim(stores, base + "a");
            await().until(() -> stores.reasonNotReady().isPresent());
            String store = base.replace("/in/", "");
            assertThat(stores.reasonNotReady())
                    .contains("events wait for pictures of " + store
                            + ": it answers with status 503; it is asked again and again");
            assertThat(metrics.get("hemline.fetch.wait")
                            .tag("store", store)
                            .gauge()
                            .value())
                    .isPositive();

            pages.put("/in/a", bytes(200, PICTURE));

            await().until(() -> claim.picture().isPresent());
            assertThat(claim.picture().orElseThrow().join()).hasValue(PICTURE);
            assertThat(stores.reasonNotReady()).isEmpty();
        }
    }

    @Test
    void shouldGiveAnEventUpWhenPatienceEnds() {
        pages.put("/in/a", bytes(503, new byte[0]));
        try (PictureStores stores = stores(Duration.ofMillis(200), base)) {
            Claim claim = claim(stores, base + "a");

            await().until(() -> claim.picture().isPresent());
            assertThatThrownBy(() -> claim.picture().orElseThrow().join())
                    .cause()
                    .isInstanceOf(NotFetchedException.class)
                    .hasMessageContaining("status 503, for 0 s; send it again once its store is back");
        }
    }

    @Test
    void shouldRefuseWhatIsNotWhatTheEventSays() {
        pages.put("/in/a", bytes(200, "another".getBytes(UTF_8)));
        try (PictureStores stores = stores(PATIENCE, base)) {
            Claim claim = claim(stores, base + "a");

            await().until(() -> claim.picture().isPresent());
            assertThatThrownBy(() -> claim.picture().orElseThrow().join())
                    .hasMessageContaining("not what contentSha256 says");
        }
    }

    @Test
    void shouldNotLetAStoreWaitForASlowOne() throws Exception {
        Files.write(folder.resolve("a"), PICTURE);
        pages.put("/in/slow", exchange -> new CountDownLatch(1).await());
        String files = folder.toUri().toString();
        try (PictureStores stores = stores(PATIENCE, base, files)) {
            for (int i = 0; i < 2 * Store.THREADS; i++) {
                claim(stores, base + "slow");
            }

            Claim claim = claim(stores, files + "a");

            await().until(() -> claim.picture().isPresent());
        }
    }
}
