package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.topic.WritersSchema;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Apicurio's registry in a process of its own, as the build unpacked it; what it was told is there after a kill. */
final class RealRegistry implements AutoCloseable {
    private static final Path UNPACKED = Path.of("target", "registry");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final int port = FreePort.any();
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    RealRegistry(Path folder) throws IOException {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        start();
    }

    /** On the same port each time; returns at once. */
    void start() throws IOException {
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-jar",
                        runner().toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "registry.log")));
        builder.environment().put("HTTP_PORT", Integer.toString(port));
        builder.environment()
                .put("REGISTRY_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0");
        process = builder.start();
    }

    private static Path runner() throws IOException {
        try (Stream<Path> files = Files.list(UNPACKED)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    /** Where Confluent's interface is. */
    String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    void awaitAnswers() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> send(HttpRequest.newBuilder(URI.create(url() + "/subjects")))
                                .statusCode()
                        == 200);
    }

    /** The id under which a schema is known from now on. */
    int register(String subject, String schema) throws IOException, InterruptedException {
        return register(subject, schema, List.of());
    }

    /** @param references the types of other subjects that a schema is made of, as the registry wants to have them */
    int register(String subject, String schema, List<Map<String, Object>> references)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(url() + "/subjects/" + subject + "/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(
                                JSON.writeValueAsString(Map.of("schema", schema, "references", references)))));
        return JSON.readTree(answer.body()).path("id").asInt();
    }

    /** The schema of an id. */
    CompletableFuture<WritersSchema> schema(int id) {
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create(url() + "/schemas/ids/" + id))
                                .build(),
                        BodyHandlers.ofString())
                .thenApply(answer -> {
                    try {
                        return WritersSchema.parse(
                                JSON.readTree(answer.body()).path("schema").asText());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
    }

    /** SIGKILL. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
