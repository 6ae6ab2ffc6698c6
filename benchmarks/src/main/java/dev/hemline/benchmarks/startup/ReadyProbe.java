package dev.hemline.benchmarks.startup;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Asks a process whether it is ready, as an orchestrator would; its log says where. */
final class ReadyProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Path log;
    private OptionalInt port = OptionalInt.empty();

    ReadyProbe(Path log) {
        this.log = log;
    }

    boolean isReady() throws InterruptedException {
        if (port.isEmpty()) {
            port = StartLog.read(log).port();
        }
        return port.isPresent() && status(port.getAsInt()) == OK;
    }

    private int status(int open) throws InterruptedException {
        URI ready = URI.create("http://localhost:" + open + "/health/ready");
        try {
            return http.send(HttpRequest.newBuilder(ready).timeout(PATIENCE).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
