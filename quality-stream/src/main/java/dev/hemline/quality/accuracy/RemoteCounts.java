package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.PeerHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;

/** The partitions of another instance, over HTTP. */
final class RemoteCounts implements CountSource {
    /** Where an instance tells what it has itself, and asks nobody. */
    static final String PATH = "/accuracy/local";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerHttp http;
    private final HostInfo host;

    RemoteCounts(PeerHttp http, HostInfo host) {
        this.http = http;
        this.host = host;
    }

    static PeerHttp peers(HttpSettings http) {
        return new PeerHttp(http, PATIENCE);
    }

    @Override
    public String name() {
        return host.host() + ":" + host.port();
    }

    @Override
    public CompletableFuture<Map<Integer, PartitionCounts>> counts(Span recent) {
        String asked = PATH + "?from=" + recent.from().toEpochMilli() + "&to="
                + recent.to().toEpochMilli();
        HttpRequest request = http.request(name(), asked).timeout(PATIENCE).build();
        // The request's own limit ends with the headers; a body that stalls would be waited for without end.
        return http.client()
                .sendAsync(request, BodyHandlers.ofByteArray())
                .orTimeout(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(RemoteCounts::read);
    }

    private static Map<Integer, PartitionCounts> read(HttpResponse<byte[]> answer) {
        try {
            if (answer.statusCode() != OK) {
                throw new IOException("it answered with status " + answer.statusCode());
            }
            return JSON.readValue(answer.body(), new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
