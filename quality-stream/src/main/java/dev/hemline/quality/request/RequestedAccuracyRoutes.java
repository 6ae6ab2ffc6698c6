package dev.hemline.quality.request;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.JsonFile;
import dev.hemline.service.PeerHttp;
import dev.hemline.topic.ModelKey;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /accuracy/requested}: every version's accuracy from labels alone that were asked for by lot, over all instances;
 * {@code GET /accuracy/requested/local} is what this instance adds to that.
 */
final class RequestedAccuracyRoutes implements Consumer<JavalinConfig> {
    private static final Logger LOG = LoggerFactory.getLogger(RequestedAccuracyRoutes.class);
    private static final String PATH = "/accuracy/requested";
    private static final String LOCAL = PATH + "/local";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** Another release may tell more. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final PeerHttp peers;
    private final Supplier<Optional<RequestStream>> requests;

    /** @param complete whether every partition was reached; without, there are no versions, as sums would be wrong */
    record Report(boolean complete, int partitions, List<RequestedAccuracy> versions) {}

    RequestedAccuracyRoutes(HttpSettings http, Supplier<Optional<RequestStream>> requests) {
        this.peers = new PeerHttp(http, PATIENCE);
        this.requests = requests;
    }

    @Override
    public void accept(JavalinConfig config) {
        config.routes.get(PATH, context -> told(context, this::report));
        config.routes.get(LOCAL, context -> told(context, RequestStream::tallies));
    }

    /** Of all versions, over all instances, after a second at most; none where labels are not asked for, or a partition is missing. */
    List<RequestedAccuracy> versions() {
        return requests.get().map(stream -> report(stream).versions()).orElse(List.of());
    }

    private void told(Context context, Function<RequestStream, Object> answer) {
        Optional<Object> body = requests.get().map(answer);
        boolean whole = body.filter(found -> !(found instanceof Report report) || report.complete())
                .isPresent();
        context.status(whole ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("application/json")
                .header(Header.CACHE_CONTROL, "no-store")
                .result(JsonFile.line(body.orElseGet(() -> new Report(false, 0, List.of()))));
    }

    private Report report(RequestStream stream) {
        Map<Integer, Map<String, RequestTally>> found = stream.tallies();
        List<CompletableFuture<Map<Integer, Map<String, RequestTally>>>> asked = new ArrayList<>();
        stream.others().forEach(host -> asked.add(ask(host)));
        for (CompletableFuture<Map<Integer, Map<String, RequestTally>>> answer : asked) {
            try {
                answer.join().forEach(found::putIfAbsent);
            } catch (CompletionException e) {
                LOG.debug("An instance did not tell what labels say that were asked for", e);
            }
        }
        return of(found, stream.partitions());
    }

    private CompletableFuture<Map<Integer, Map<String, RequestTally>>> ask(HostInfo host) {
        String name = (host.host().contains(":") ? "[" + host.host() + "]" : host.host()) + ":" + host.port();
        return peers.get(name, LOCAL).thenApply(RequestedAccuracyRoutes::read);
    }

    private static Map<Integer, Map<String, RequestTally>> read(byte[] answer) {
        try {
            return JSON.readValue(answer, new TypeReference<>() {});
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** @param found by partition */
    static Report of(Map<Integer, Map<String, RequestTally>> found, int partitions) {
        found.keySet().removeIf(partition -> partition < 0 || partition >= partitions);
        if (found.size() < partitions) {
            return new Report(false, partitions, List.of());
        }
        Map<String, RequestTally> all = new HashMap<>();
        found.values()
                .forEach(partition -> partition.forEach((version, tally) -> {
                    if (tally.plausible()) {
                        all.merge(version, tally, RequestTally::plus);
                    }
                }));
        List<RequestedAccuracy> versions = new ArrayList<>();
        all.forEach((key, tally) -> version(key)
                .flatMap(version -> AccuracyFromRequests.of(tally)
                        .map(accuracy -> new RequestedAccuracy(
                                version.name(),
                                version.version(),
                                accuracy.labels(),
                                accuracy.accuracy(),
                                accuracy.low95(),
                                accuracy.high95())))
                .ifPresent(versions::add));
        versions.sort(Comparator.comparing(RequestedAccuracy::model)
                .thenComparing(RequestedAccuracy::version, Comparator.reverseOrder()));
        return new Report(true, partitions, versions);
    }

    /** What is restored from topics, or told by others, may be anything. */
    static Optional<ModelKey.Manifest> version(String key) {
        try {
            return ModelKey.parse(key) instanceof ModelKey.Manifest version ? Optional.of(version) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
