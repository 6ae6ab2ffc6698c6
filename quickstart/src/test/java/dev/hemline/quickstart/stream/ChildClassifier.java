package dev.hemline.quickstart.stream;

import static org.awaitility.Awaitility.await;

import dev.hemline.quickstart.broker.FreePort;
import dev.hemline.quickstart.child.ChildCommand;
import dev.hemline.quickstart.child.ChildProcess;
import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code hemline classifier} in a JVM of its own, which a test can kill. */
final class ChildClassifier implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private ChildClassifier(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static ChildClassifier start(KafkaSettings kafka, Path folder, String name, String... more) {
        int port = FreePort.any();
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--http-port",
                Integer.toString(port),
                "--state-dir",
                folder.resolve("state").toString()));
        arguments.addAll(List.of(more));
        return new ChildClassifier(
                ChildProcess.start(ChildCommand.of("classifier", "384m", arguments), folder.resolve(name + ".log")),
                port);
    }

    /** Until its server answers. */
    void awaitHttp() {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> page().get("/health/live").status() == 200);
    }

    AccuracyPage page() {
        return new AccuracyPage(port);
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
        process.stop(Duration.ofSeconds(20));
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
