package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.quality.accuracy.AllCounts.Asked;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.PeerHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;

/** The partitions of other instances, over HTTP. */
final class RemoteCounts {
    /** Where an instance tells what it has itself, and asks nobody. */
    static final String PATH = "/accuracy/local";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PeerHttp http;

    /** @param http how this instance serves, and so all others */
    RemoteCounts(HttpSettings http) {
        this.http = new PeerHttp(http, PATIENCE);
    }

    Asked ask(HostInfo host, Span recent) {
        String name = host.host() + ":" + host.port();
        String asked = PATH + "?from=" + recent.from().toEpochMilli() + "&to="
                + recent.to().toEpochMilli();
        HttpRequest request = http.request(name, asked).timeout(PATIENCE).build();
        // The request's own limit ends with the headers; a body that stalls would be waited for without end.
        return new Asked(
                name,
                http.client()
                        .sendAsync(request, BodyHandlers.ofByteArray())
                        .orTimeout(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .thenApply(RemoteCounts::read));
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
