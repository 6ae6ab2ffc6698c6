package dev.hemline.quickstart.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks an app for its metrics and its readiness, as Prometheus and an orchestrator would. */
final class MetricsScrape {
    private static final Duration PATIENCE = Duration.ofMillis(800);
    private static final int OK = 200;
    /** For instance {@code hemline_training_epoch{application="trainer"} 2.0}. */
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{.*})? (-?\\d[\\d.eE+-]*)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI app;

    MetricsScrape(int port) {
        app = URI.create("http://localhost:" + port);
    }

    /** Every series by name, without its labels; of several with one name any one. Empty if the app does not answer. */
    Map<String, Double> metrics() {
        return get("/metrics")
                .filter(answer -> answer.statusCode() == OK)
                .map(answer -> parse(answer.body()))
                .orElse(Map.of());
    }

    /** Why the app is not ready; empty when it is. */
    Optional<String> notReady() {
        return get("/health/ready")
                .map(answer -> answer.statusCode() == OK ? Optional.<String>empty() : Optional.of(reason(answer)))
                .orElse(Optional.of("starting"));
    }

    /** Whether the page for people is there. */
    boolean showsPage() {
        return get("/").filter(answer -> answer.statusCode() == OK).isPresent();
    }

    private static String reason(HttpResponse<String> answer) {
        return answer.body().strip().replaceFirst("^not ready: ", "");
    }

    private Optional<HttpResponse<String>> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(app.resolve(path)).timeout(PATIENCE).build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Reads Prometheus' text format; a value that is no finite number is left out. */
    static Map<String, Double> parse(String text) {
        var series = new HashMap<String, Double>();
        Matcher line = SERIES.matcher(text);
        while (line.find()) {
            series.put(line.group(1), Double.valueOf(line.group(2)));
        }
        return series;
    }
}
