package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts questions to a schema registry, within limits of time and size. Thread-safe. */
final class RegistryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ANSWER = "application/vnd.schemaregistry.v1+json, application/json";

    /** For an answer; a registry looks into its memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Ten times the longest schema that is read. */
    private static final int MOST_BYTES = 1 << 20;

    private final SchemaRegistrySettings settings;
    private final HttpClient http;

    RegistryClient(SchemaRegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).version(HttpClient.Version.HTTP_1_1);
        settings.trust().ifPresent(builder::sslContext);
        http = builder.build();
    }

    URI url() {
        return settings.url();
    }

    /** As a part of a path. */
    static String encoded(String segment) {
        return URLEncoder.encode(segment, UTF_8).replace("+", "%20");
    }

    /** @throws IOException if there is no answer; a {@link LimitedBody.TooLargeException} if it is too long */
    RegistryAnswer get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(settings.resolve(path)));
    }

    /** Asks about a schema, or has one put there. */
    RegistryAnswer post(String path, String schema) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(settings.resolve(path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("schema", schema)))));
    }

    private RegistryAnswer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        request.timeout(PATIENCE).header("Accept", ANSWER);
        settings.authorization().ifPresent(text -> request.header("Authorization", text));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request.build(), head -> new LimitedBody(MOST_BYTES));
        try {
            // The request's own limit ends with the headers.
            HttpResponse<byte[]> answer = exchange.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new RegistryAnswer(answer.statusCode(), json(answer.body()));
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof LimitedBody.TooLargeException tooLarge) {
                throw tooLarge;
            }
            throw new IOException(cause instanceof ConnectException ? "it takes no connection" : cause.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("its answer does not end", e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return Objects.requireNonNullElse(JSON.readTree(body), JSON.nullNode());
        } catch (JsonProcessingException e) {
            return JSON.nullNode();
        }
    }
}
