package dev.hemline.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks other instances of an app over HTTP, as one of them: with the token and the certificates that they share. Where an
 * instance is, it says itself, and whoever may join its group may say anything; so the token goes where TLS has proved who is
 * there, or to this machine, or where a person said, and one that does not answer is asked seldom. Thread-safe.
 */
public final class PeerHttp {
    /** Half a second, twice as long each time, up to 8 s: 5 questions in the first ten seconds. */
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private static final int MOST_DOUBLINGS = 4;
    /** Half a million cells of confusion matrices as JSON. */
    private static final int MOST_BYTES = 16 << 20;
    /** A group has a few; strangers can make up as many as they like. */
    private static final int MOST_REMEMBERED = 1_000;

    private static final int OK = 200;

    private final HttpSettings settings;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();
    private @Nullable HttpClient client;
    private @Nullable SSLContext trusted;

    /** An instance that did not answer the last times. */
    private record Failing(String why, int times, long nextNanos) {}

    /** @param patience after which an instance counts as away; a body may take as long again */
    public PeerHttp(HttpSettings settings, Duration patience) {
        this(settings, patience, System::nanoTime);
    }

    PeerHttp(HttpSettings settings, Duration patience, LongSupplier nanoTime) {
        this.settings = settings;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * What an instance answers with status 200. Fails with an {@link IOException} that says why there is no answer.
     *
     * @param instance {@code host:port}
     */
    public CompletableFuture<byte[]> get(String instance, String pathAndQuery) {
        Optional<String> refusal = refusal(instance).or(() -> pause(instance));
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(new IOException(refusal.get()));
        }
        HttpRequest request;
        try {
            request = request(instance, pathAndQuery).timeout(patience).build();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new IOException(
                    "it advertises an address that is none; its --advertised-http says a host name or an IP address,"
                            + " without '_', and a port",
                    e));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client().sendAsync(request, head -> new LimitedBody(MOST_BYTES));
        // The request's own limit ends with the headers; a body that stalls would be waited for without end.
        return exchange.copy()
                .orTimeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(PeerHttp::body)
                .whenComplete((body, failure) -> {
                    exchange.cancel(true);
                    remember(instance, failure);
                });
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        if (answer.statusCode() != OK) {
            throw new CompletionException(new IOException("it answered with status " + answer.statusCode()));
        }
        return answer.body();
    }

    /** Why an instance is not to be asked at all. */
    private Optional<String> refusal(String instance) {
        List<String> peers = settings.peers();
        if (!peers.isEmpty()) {
            return peers.stream().anyMatch(peer -> matches(peer, instance))
                    ? Optional.empty()
                    : Optional.of("it is not among --http-peers");
        }
        boolean tokenIsSafe = settings.token().isEmpty()
                || settings.key().isPresent()
                || settings.isThisMachine(instance.substring(0, Math.max(0, instance.lastIndexOf(':'))));
        return tokenIsSafe
                ? Optional.empty()
                : Optional.of("it is elsewhere, and without HTTPS the token is sent only where --http-peers allows it");
    }

    /** {@code *} is anything within one part of a name, and a pattern without port takes every port. */
    private static boolean matches(String peer, String instance) {
        String pattern = peer.contains(":") ? peer : peer + ":*";
        String literal = Pattern.quote(pattern.toLowerCase(Locale.ROOT)).replace("*", "\\E[a-z0-9_-]*\\Q");
        return Pattern.matches(literal, instance.toLowerCase(Locale.ROOT));
    }

    /** Why an instance is not to be asked right now. Whoever is let through asks for all until the answer is there. */
    private Optional<String> pause(String instance) {
        Failing last = failing.get(instance);
        if (last == null) {
            return Optional.empty();
        }
        long now = nanoTime.getAsLong();
        var asked = new Failing(last.why, last.times, now + pauseNanos(last.times));
        return now - last.nextNanos >= 0 && failing.replace(instance, last, asked)
                ? Optional.empty()
                : Optional.of(last.why);
    }

    private static long pauseNanos(int times) {
        return FIRST_PAUSE_NANOS << Math.min(times, MOST_DOUBLINGS);
    }

    private void remember(String instance, @Nullable Throwable failure) {
        if (failure == null) {
            failing.remove(instance);
            return;
        }
        if (failing.size() >= MOST_REMEMBERED) {
            failing.clear();
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        failing.compute(instance, (same, last) -> {
            int times = last == null ? 0 : last.times + 1;
            return new Failing(why, times, nanoTime.getAsLong() + pauseNanos(times));
        });
    }

    /** The certificates that are trusted may change. */
    private synchronized HttpClient client() {
        SSLContext now = settings.key().map(HttpsKey::forClient).orElse(null);
        HttpClient open = client;
        if (open == null || now != trusted) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder().connectTimeout(patience).version(HttpClient.Version.HTTP_1_1);
            if (now != null) {
                builder.sslContext(now);
            }
            open = builder.build();
            client = open;
            trusted = now;
        }
        return open;
    }

    private HttpRequest.Builder request(String instance, String pathAndQuery) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(settings.scheme() + "://" + instance + pathAndQuery));
        settings.token().ifPresent(token -> request.header("Authorization", token.authorization()));
        return request;
    }
}
