package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.quality.accuracy.AllCounts.Asked;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.PeerHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;

/** The partitions of other instances, over HTTP. */
final class RemoteCounts {
    /** Where an instance tells what it has itself, and asks nobody. */
    static final String PATH = "/accuracy/local";

    /** What asks for counts by source too: a release that does not know them would refuse an answer with more than it asked for. */
    static final String SOURCES = "sources";

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final PeerHttp http;

    /** @param http how this instance serves, and so all others */
    RemoteCounts(HttpSettings http) {
        this(http, PATIENCE);
    }

    RemoteCounts(HttpSettings http, Duration patience) {
        this.http = new PeerHttp(http, patience);
    }

    Asked ask(HostInfo host, Span recent) {
        String name = (host.host().contains(":") ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
        String asked = PATH + "?from=" + recent.from().toEpochMilli() + "&to="
                + recent.to().toEpochMilli() + "&" + SOURCES + "=true";
        return new Asked(name, http.get(name, asked).thenApply(RemoteCounts::read));
    }

    private static Map<Integer, PartitionCounts> read(byte[] answer) {
        try {
            return JSON.readValue(answer, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
