package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** {@code hemline classifier} in a JVM of its own, which a test can kill. */
final class ChildClassifier implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private ChildClassifier(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static ChildClassifier start(KafkaSettings kafka, Path folder, String name, String... more) {
        return start(kafka, folder, name, Map.of(), more);
    }

    static ChildClassifier start(
            KafkaSettings kafka, Path folder, String name, Map<String, String> environment, String... more) {
        return start(kafka, folder, name, environment, UnaryOperator.identity(), more);
    }

    /** @param build what makes the command one of another build */
    static ChildClassifier start(
            KafkaSettings kafka,
            Path folder,
            String name,
            Map<String, String> environment,
            UnaryOperator<ChildCommand> build,
            String... more) {
        int port = FreePort.any();
        List<String> arguments = new ArrayList<>(
                List.of("--bootstrap-servers", kafka.bootstrapServers(), "--http-port", Integer.toString(port)));
        if (!List.of(more).contains("--state-dir")) {
            arguments.addAll(List.of("--state-dir", folder.resolve("state").toString()));
        }
        arguments.addAll(List.of(more));
        return new ChildClassifier(
                ChildProcess.start(
                        build.apply(ChildCommand.of("classifier", "384m", arguments)
                                .with(
                                        "-XX:ErrorFile=" + folder.resolve(name + ".hs_err"),
                                        "-XX:-CreateCoredumpOnCrash")),
                        environment,
                        folder.resolve(name + ".log")),
                port);
    }

    /** Until its server answers. */
    void awaitHttp() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> page().get("/health/live").status() == 200);
    }

    /** What {@code /health/ready} says. */
    String readiness() {
        return get("/health/ready");
    }

    private String get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .timeout(Duration.ofSeconds(10))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that it has said. */
    String log() throws IOException {
        return Files.readString(process.log());
    }

    AccuracyPage page() {
        return new AccuracyPage(port);
    }

    /** Whether that version is what it answers with. */
    boolean challenges(int version) {
        return get("/metrics")
                .lines()
                .anyMatch(line -> line.matches("hemline_model_version\\{.*} " + version + "\\.0"));
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
        process.stop(Duration.ofSeconds(20));
    }

    /** Whether it is not there any more. */
    boolean ended() {
        return process.ended();
    }

    List<String> lastLines() {
        return process.lastLines();
    }

    /** SIGKILL: nothing is finished, nothing handed over. */
    void kill() {
        process.close();
    }

    @Override
    public void close() {
        kill();
    }
}
