package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.service.Readiness;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** All stores that pictures may be fetched from. Thread-safe. */
public final class PictureStores implements Readiness, AutoCloseable {
    /** As many times the room for each of two kinds of pictures fits into the heap; half of it is for decoding. */
    private static final int SHARE_OF_HEAP = 16;

    private final FetchList allowed;
    private final Map<String, Store> byName = new LinkedHashMap<>();

    /**
     * Connects to nothing before a picture is fetched.
     *
     * @param trust whose certificates are trusted; empty for those that Java trusts
     * @param maxBytes of a picture
     * @param patience with one event's picture, before the event is given up
     */
    public PictureStores(
            FetchList allowed, Optional<SSLContext> trust, int maxBytes, Duration patience, MeterRegistry metrics) {
        this.allowed = allowed;
        long stores = allowed.prefixes().stream()
                .map(FetchList.Prefix::store)
                .distinct()
                .count();
        long room = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / Math.max(1, stores);
        for (FetchList.Prefix prefix : allowed.prefixes()) {
            byName.computeIfAbsent(
                    prefix.store(),
                    name -> new Store(
                            name,
                            prefix.scheme().equals("file")
                                    ? new FileSource()
                                    : new HttpSource(allowed, trust, Store.THREADS),
                            maxBytes,
                            room,
                            patience,
                            metrics));
        }
    }

    /** Nothing is fetched: events whose pictures are elsewhere are refused. */
    public static PictureStores none() {
        var nothing = new FetchList(List.of(), List.of());
        return new PictureStores(nothing, Optional.empty(), 1, Duration.ZERO, new CompositeMeterRegistry());
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** @throws dev.hemline.topic.NotFetchedException if nothing may be fetched from there */
    Place find(String address) {
        return allowed.find(address);
    }

    void fetch(Claim claim) {
        Objects.requireNonNull(byName.get(claim.place().prefix().store())).fetch(claim);
    }

    @Override
    public Optional<String> reasonNotReady() {
        return byName.values().stream()
                .map(Store::reasonNotReady)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public void close() {
        byName.values().forEach(Store::close);
    }
}
