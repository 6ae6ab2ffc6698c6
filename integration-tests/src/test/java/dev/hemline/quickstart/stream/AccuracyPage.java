package dev.hemline.quickstart.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@code GET /accuracy} of one instance, as anybody may ask it. */
record AccuracyPage(int port) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, JsonNode body) {
        boolean complete() {
            return status == 200 && body.path("complete").asBoolean();
        }

        /** The confusion matrices of all versions. */
        Map<Cell, Long> confusion(String part) {
            Map<Cell, Long> cells = new HashMap<>();
            for (JsonNode version : body.path("versions")) {
                for (JsonNode cell : version.path(part).path("confusion")) {
                    cells.put(
                            new Cell(
                                    version.path("version").asInt(),
                                    cell.path("actual").asInt(),
                                    cell.path("predicted").asInt()),
                            cell.path("count").asLong());
                }
            }
            return cells;
        }

        /** From how many results accuracy is estimated without labels, of all versions together. */
        long estimatedFrom() {
            long sum = 0;
            for (JsonNode version : body.path("versions")) {
                sum += version.path("estimate").path("results").asLong();
            }
            return sum;
        }

        /** A figure of one source, of all versions together. */
        long ofSource(String source, String figure) {
            long sum = 0;
            for (JsonNode version : body.path("versions")) {
                for (JsonNode one : version.path("sources")) {
                    sum += one.path("source").asText().equals(source)
                            ? one.path(figure).asLong()
                            : 0;
                }
            }
            return sum;
        }
    }

    Answer all() {
        return get("/accuracy?minutes=60");
    }

    Answer local() {
        return get("/accuracy/local?from=0&to=0");
    }

    Answer get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            boolean isJson = response.headers()
                    .firstValue("content-type")
                    .filter(type -> type.startsWith("application/json"))
                    .isPresent();
            return new Answer(
                    response.statusCode(), isJson ? JSON.readTree(response.body()) : JSON.valueToTree(response.body()));
        } catch (IOException e) {
            return new Answer(0, JSON.valueToTree(e.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
