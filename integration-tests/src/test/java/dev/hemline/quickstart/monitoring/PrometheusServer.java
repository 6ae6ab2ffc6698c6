package dev.hemline.quickstart.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hemline.testbed.broker.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real Prometheus with our rules, in a process of its own. */
final class PrometheusServer implements AutoCloseable {
    /** Short, so that rates are there soon; long enough for an app on a busy machine to answer. */
    private static final String INTERVAL = "4s";

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts with prometheus/demo.yml, its jobs as they are but at these ports.
     *
     * @param ports where each job's only instance is
     */
    static PrometheusServer start(Path folder, Map<String, Integer> ports) throws IOException {
        ObjectNode config = (ObjectNode) RepositoryFiles.yaml(RepositoryFiles.PROMETHEUS.resolve("demo.yml"));
        ((ObjectNode) config.path("global")).put("scrape_interval", INTERVAL).put("evaluation_interval", INTERVAL);
        config.putArray("rule_files")
                .add(RepositoryFiles.PROMETHEUS.resolve("rules/*.yml").toString());
        for (JsonNode job : config.path("scrape_configs")) {
            ArrayNode targets = ((ObjectNode) job.at("/static_configs/0")).putArray("targets");
            targets.add("localhost:" + ports.get(job.path("job_name").asText()));
        }
        // JSON is YAML too.
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config.toString());
        int port = FreePort.any();
        Process process = Tool.prometheus()
                .start(
                        List.of(
                                "--config.file=" + file,
                                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                                "--web.listen-address=127.0.0.1:" + port),
                        folder.resolve("prometheus.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new PrometheusServer(process, port);
    }

    /** What a query gives now. */
    JsonNode query(String expression) {
        return get("/api/v1/query?query=" + encoded(expression)).path("result");
    }

    /** What a query gave every few seconds since then. */
    JsonNode queryRange(String expression, Instant since, int stepSeconds) {
        return get("/api/v1/query_range?query=" + encoded(expression) + "&start=" + since.getEpochSecond() + "&end="
                        + Instant.now().getEpochSecond() + "&step=" + stepSeconds)
                .path("result");
    }

    /** Values of a label over the series that match. */
    JsonNode labelValues(String label, String series) {
        return get("/api/v1/label/" + label + "/values?match[]=".replace("[]", "%5B%5D") + encoded(series));
    }

    /** Recording and alerting rules with their health. */
    JsonNode ruleGroups() {
        return get("/api/v1/rules").path("groups");
    }

    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            String body = http.send(request, BodyHandlers.ofString()).body();
            JsonNode answer = RepositoryFiles.JSON.readTree(body);
            if (!answer.path("status").asText().equals("success")) {
                throw new AssertionError(path + " was answered with " + body);
            }
            return answer.path("data");
        } catch (IOException e) {
            throw new AssertionError("Prometheus does not answer yet", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Returns when it has ended, so that its folder can be deleted. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
