package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hemline.event.Score;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.UnknownSchemaException;
import dev.hemline.topic.WritersSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked and how answers are taken; SchemaRegistryIT asks a real registry. */
class SchemaRegistryTest {
    private static final String SCHEMA =
            "{\"type\":\"record\",\"name\":\"X\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}";
    private static final Score SCORE = new Score("a", "m", 7, 1, 0, 0.5f, 0L, null, "", "it");
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final SchemaRegistryOptions options = new SchemaRegistryOptions();

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(ANY_PORT, 0);
        server.createContext("/", this::answer);
        server.start();
        options.url = URI.create("http://localhost:" + server.getAddress().getPort() + "/base/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            Answer answer = answers.getOrDefault(
                    exchange.getRequestURI().getRawPath(), new Answer(404, "{\"error_code\":40403}"));
            byte[] body = answer.body.getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private SchemaRegistry registry(Map<String, String> environment) {
        return new SchemaRegistry(options.settings(environment), metrics);
    }

    private static String answered(String schema, String more) {
        return "{\"schema\":\"" + schema.replace("\"", "\\\"") + "\"" + more + "}";
    }

    private static WritersSchema get(CompletableFuture<WritersSchema> schema) throws Exception {
        return schema.get(20, TimeUnit.SECONDS);
    }

    @Test
    void shouldFetchASchemaByItsIdWithAllThatItRefersTo() throws Exception {
        String inner = "{\"type\":\"record\",\"name\":\"Y\",\"fields\":[{\"name\":\"x\",\"type\":\"X\"}]}";
        answers.put(
                "/base/schemas/ids/7",
                new Answer(
                        200,
                        answered(
                                inner.replace("\"X\"", "\"Y\"").replaceFirst("\"Y\"", "\"Z\""),
                                ",\"references\":[{\"name\":\"Y\",\"subject\":\"y/1 2\",\"version\":3}]")));
        answers.put(
                "/base/subjects/y%2F1%202/versions/3",
                new Answer(200, answered(inner, ",\"references\":[{\"name\":\"X\",\"subject\":\"x\",\"version\":1}]")));
        answers.put("/base/subjects/x/versions/1", new Answer(200, answered(SCHEMA, "")));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThat(get(registry.schema(7)).fingerprint()).isNotZero();
            assertThat(registry.reasonNotReady()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    404 | {"error_code":40403,"message":"Schema not found"} | no schema with id 7
                    200 | {"schema":"syntax = proto3","schemaType":"PROTOBUF"} | not of type AVRO
                    200 | {"schema":"{"} | no Avro schema
                    200 | {"schema":"x","references":[{"subject":"gone","version":1}]} | refers to what is not there: /subjects/gone/versions/1
                    """)
    void shouldSayWhyThereIsNoSuchSchema(int status, String body, String why) {
        answers.put("/base/schemas/ids/7", new Answer(status, body));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThatThrownBy(() -> get(registry.schema(7)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining(why);
        }
    }

    @Test
    void shouldAskForNoIdThatCannotBe() {
        try (SchemaRegistry registry = registry(Map.of())) {
            assertThat(registry.schema(0)).isCompletedExceptionally();
            assertThat(registry.schema(-7)).isCompletedExceptionally();
        }
        assertThat(shown).isEmpty();
    }

    @Test
    void shouldRefuseASchemaThatIsTooLongToBeRead() {
        answers.put("/base/schemas/ids/7", new Answer(200, answered("x".repeat(2 << 20), "")));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThatThrownBy(() -> get(registry.schema(7))).hasMessageContaining("longer than any that is read");
        }
    }

    /** None of these is the registry's own word that there is no such schema. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    503 | busy                                      | status 503
                    404 | <html>nothing here</html>                 | is no schema registry; the address may lack a path
                    404 | {"error_code":0,"message":"no resource"}  | is no schema registry; the address may lack a path
                    200 | <html>please log in</html>                | is no schema registry; the address may lack a path
                    302 | x                                         | status 302
                    401 | {"error_code":40101}                      | --schema-registry-auth-file says who may ask it
                    """)
    void shouldAskAgainUntilThereIsAnAnswerOfTheRegistrysOwn(int status, String body, String why) throws Exception {
        answers.put("/base/schemas/ids/7", new Answer(status, body));

        try (SchemaRegistry registry = registry(Map.of())) {
            CompletableFuture<WritersSchema> schema = registry.schema(7);
            await().until(() -> shown.size() > 1);
            assertThat(registry.reasonNotReady())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("events wait for schema 7", why));
            assertThat(metrics.get("hemline.schema.registry.wait").gauge().value())
                    .isPositive();
            answers.put("/base/schemas/ids/7", new Answer(200, answered(SCHEMA, "")));

            assertThat(get(schema).fingerprint()).isNotZero();
            assertThat(registry.reasonNotReady()).isEmpty();
            assertThat(metrics.get("hemline.schema.registry.wait").gauge().value())
                    .isZero();
        }
    }

    private CompletableFuture<WritersSchema> refused(int status, SchemaRegistry registry) {
        answers.put("/base/schemas/ids/7", new Answer(status, "no"));
        return registry.schema(7);
    }

    /** @param minute what a minute takes */
    private SchemaRegistry soonConvinced(Duration minute) {
        return new SchemaRegistry(options.settings(Map.of()), metrics, minute);
    }

    @ParameterizedTest
    @CsvSource({"403, 300", "500, 20", "503, 20"})
    void shouldRefuseASchemaThatTheRegistryDoesNotGiveWhileItGivesAnother(int status, long minute) throws Exception {
        answers.put("/base/schemas/ids/8", new Answer(200, answered(SCHEMA, "")));

        try (SchemaRegistry registry = soonConvinced(Duration.ofMillis(minute))) {
            get(registry.schema(8));
            CompletableFuture<WritersSchema> schema = refused(status, registry);

            await().until(() -> registry.reasonNotReady().isPresent());
            assertThat(registry.reasonNotReady().orElseThrow())
                    .contains(
                            "events wait for schema 7",
                            "it gives schema id 8, but for id 7 it answers with status " + status);
            assertThatThrownBy(() -> get(schema))
                    .cause()
                    .isInstanceOf(UnknownSchemaException.class)
                    .hasMessageContaining("for id 7 it answers with status " + status)
                    .hasMessageContaining("or send with a schema that is given");
            assertThat(registry.reasonNotReady()).isEmpty();
            answers.put("/base/schemas/ids/7", new Answer(200, answered(SCHEMA, "")));
            assertThat(get(registry.schema(7)).fingerprint()).isNotZero();
        }
    }

    @Test
    void shouldHoldUpEventsNoSecondMinuteForASchemaThatIsStillRefused() throws Exception {
        answers.put("/base/schemas/ids/8", new Answer(200, answered(SCHEMA, "")));

        try (SchemaRegistry registry = soonConvinced(Duration.ofMillis(300))) {
            get(registry.schema(8));
            assertThatThrownBy(() -> get(refused(403, registry))).hasMessageContaining("status 403");
            shown.clear();

            assertThatThrownBy(() -> get(registry.schema(7))).hasMessageContaining("status 403");
            assertThat(shown).hasSize(2);
        }
    }

    /** None of these tells yet that it is about this schema alone: nothing else was read, or is any more, or a store is away. */
    @ParameterizedTest
    @CsvSource({
        "false, 503, 200",
        "true, 503, 503",
        "true, 403, 403",
        "true, 401, 200",
        "true, 429, 200",
        "true, 500, 200"
    })
    void shouldWaitForARegistryThatMayBeAway(boolean gave, int status, int other) throws Exception {
        answers.put("/base/schemas/ids/8", new Answer(200, answered(SCHEMA, "")));

        try (SchemaRegistry registry = soonConvinced(Duration.ofMillis(300))) {
            if (gave) {
                get(registry.schema(8));
            }
            answers.put("/base/schemas/ids/8", new Answer(other, answered(SCHEMA, "")));
            CompletableFuture<WritersSchema> schema = refused(status, registry);

            await().until(() ->
                    metrics.get("hemline.schema.registry.wait").gauge().value() > 0.9);
            assertThat(schema).isNotDone();
        }
    }

    @Test
    void shouldWaitForARegistryThatIsNotThere() throws Exception {
        server.stop(0);

        try (SchemaRegistry registry = registry(Map.of())) {
            CompletableFuture<WritersSchema> schema = registry.schema(7);

            await().until(() -> registry.reasonNotReady().isPresent());
            assertThat(registry.reasonNotReady().orElseThrow()).contains("it takes no connection");
            assertThat(schema).isNotDone();
        }
    }

    @Test
    void shouldShowAUserOrATokenAsItStandsInItsFileNow() throws Exception {
        answers.put("/base/schemas/ids/7", new Answer(200, answered(SCHEMA, "")));
        answers.put("/base/schemas/ids/8", new Answer(200, answered(SCHEMA, "")));
        options.authFile = Files.writeString(folder.resolve("auth"), "me:secret\n");

        try (SchemaRegistry registry = registry(Map.of("HEMLINE_SCHEMA_REGISTRY_AUTH", "another"))) {
            get(registry.schema(7));
            Files.writeString(options.authFile, "a-token");
            get(registry.schema(8));
        }

        assertThat(shown).containsExactly("Basic bWU6c2VjcmV0", "Bearer a-token");
    }

    private static EventFormats formats(ResultOptions results, SchemaRegistry registry) throws IOException {
        results.requireSense(registry);
        return results.formats(registry);
    }

    private static ResultOptions inRegistrysFormat(boolean register) {
        var results = new ResultOptions();
        results.format = ResultOptions.Format.REGISTRY;
        results.register = register;
        return results;
    }

    @ParameterizedTest
    @CsvSource({"true, /versions", "false, ''"})
    void shouldWriteResultsWithTheIdsThatTheRegistryHasForThem(boolean register, String path) throws Exception {
        answers.put("/base/subjects/classifications-value" + path, new Answer(200, "{\"id\":258}"));
        answers.put("/base/subjects/scores-value" + path, new Answer(200, "{\"id\":3}"));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThat(formats(inRegistrysFormat(register), registry).scores().encode(SCORE))
                    .startsWith(0, 0, 0, 0, 3);
            assertThat(bodies.get(0))
                    .contains("dev.hemline.event", "Classification", "timestamp-millis")
                    .doesNotContain("avro.java");
        }
    }

    @Test
    void shouldTakeTheSameSchemaInOtherWordsThatSomebodyPutThere() throws Exception {
        answers.put("/base/subjects/classifications-value", new Answer(200, "{\"id\":2}"));
        answers.put(
                "/base/subjects/scores-value/versions/latest",
                new Answer(200, answered(SchemaNormalization.toParsingForm(SCORE.getSchema()), ",\"id\":9")));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThat(formats(inRegistrysFormat(false), registry).scores().encode(SCORE))
                    .startsWith(0, 0, 0, 0, 9);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    false | 404 | {"error_code":40401}                         | does not have the schema of Classification under subject classifications-value; start once with --register-schemas
                    true  | 409 | {"error_code":409,"message":"incompatible"} | does not take the schema of Classification under subject classifications-value (incompatible)
                    true  | 403 | {"error_code":40301}                         | does not let us put a schema under subject classifications-value
                    false | 401 | x                                            | --schema-registry-auth-file says who may ask it
                    """)
    void shouldEndWithASentenceWhereResultsCannotBeWritten(boolean register, int status, String body, String why) {
        answers.put("/base/subjects/classifications-value" + (register ? "/versions" : ""), new Answer(status, body));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> formats(inRegistrysFormat(register), registry))
                    .withMessageContaining(why);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    503 | busy                      | it answers with status 503
                    404 | <html>nothing here</html> | the address may lack a path
                    200 | <html>log in</html>       | the address may lack a path
                    """)
    void shouldBeToldToWaitWhereNoRegistryAnswers(int status, String body, String why) {
        answers.put("/base/subjects/classifications-value", new Answer(status, body));

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> formats(inRegistrysFormat(false), registry))
                    .withMessageContaining(why);
        }
    }

    @Test
    void shouldSayWhichFlagOfResultsIsOfNoUse() {
        options.url = null;
        try (SchemaRegistry none = registry(Map.of())) {
            assertThatThrownBy(() -> formats(inRegistrysFormat(false), none))
                    .hasMessage("--result-format registry takes --schema-registry URL");
            var results = new ResultOptions();
            results.register = true;
            assertThatThrownBy(() -> formats(results, none))
                    .hasMessage("--register-schemas is of no use without --result-format registry");
        }
    }

    @Test
    void shouldTrustTheCertificatesThatItIsToldAndNoOthers() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "password");
        HttpsServer secure = HttpsServer.create(ANY_PORT, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        secure.createContext("/", this::answer);
        secure.start();
        answers.put("/schemas/ids/7", new Answer(200, answered(SCHEMA, "")));
        options.url = URI.create("https://localhost:" + secure.getAddress().getPort());
        try (SchemaRegistry wary = registry(Map.of())) {
            var unused = wary.schema(7);
            await().until(() -> wary.reasonNotReady().isPresent());
            assertThat(wary.reasonNotReady().orElseThrow()).contains("certification path");
        }
        options.ca = certificate.pem();

        try (SchemaRegistry registry = registry(Map.of())) {
            assertThat(get(registry.schema(7)).fingerprint()).isNotZero();
        } finally {
            secure.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "registry:8081",
        "ftp://registry",
        "http://me:secret@registry",
        "http://registry/?a=b",
        "'http://a,http://b'"
    })
    void shouldRefuseAnAddressThatIsNone(URI url) {
        options.url = url;

        assertThatThrownBy(() -> options.settings(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--schema-registry")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldSayThatAFlagOrAFileIsOfNoUse() throws Exception {
        options.authFile = Files.writeString(folder.resolve("auth"), "two\nlines");
        assertThatThrownBy(() -> options.settings(Map.of())).hasMessageContaining("holds is one line");
        options.ca = options.authFile;
        options.authFile = null;
        assertThatThrownBy(() -> options.settings(Map.of())).hasMessageContaining("--schema-registry-ca");
        options.url = null;
        assertThatThrownBy(() -> options.settings(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--schema-registry-ca is of no use without --schema-registry URL");
    }
}
