package dev.hemline.classifier.fetch;

import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.classifier.fetch.Reservation.NoRoomException;
import dev.hemline.service.DaemonThreads;
import dev.hemline.topic.NotFetchedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Pictures over HTTP, from addresses that a list allows and nothing else: it connects to the very address of a machine that it has
 * checked, follows only to where the list allows, asks no proxy, and keeps no cookies.
 */
final class HttpSource implements Source {
    /** For what leads there; object stores answer in tens of milliseconds. */
    private static final Timeout CONNECT = Timeout.ofSeconds(5);

    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    /** The largest picture, 16 MiB, at 0.3 MB a second. */
    private static final Duration WHOLE = Duration.ofSeconds(60);

    private static final int MOST_HOPS = 3;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEADER = 16_384;

    private static final int OK = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final FetchList allowed;
    private final Duration whole;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService clock = DaemonThreads.scheduled("fetch-clock");

    /** A machine's addresses by its name. */
    @FunctionalInterface
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /** What a name stands for is none that may be connected to. */
    private static final class RefusedAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        RefusedAddressException(String message) {
            super(message);
        }
    }

    /** @param trust whose certificates are trusted; empty for those that Java trusts */
    HttpSource(FetchList allowed, Optional<SSLContext> trust, int connections) {
        this(allowed, trust, connections, InetAddress::getAllByName, WHOLE);
    }

    HttpSource(FetchList allowed, Optional<SSLContext> trust, int connections, Names names, Duration whole) {
        this.allowed = allowed;
        this.whole = whole;
        var connecting = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(checking(names))
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(CONNECT).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT)
                        .setSocketTimeout(SILENCE)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER)
                                .build())
                        .build());
        trust.ifPresent(context -> connecting.setTlsSocketStrategy(new DefaultClientTlsStrategy(context)));
        client = HttpClients.custom()
                .setConnectionManager(connecting.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(SILENCE)
                        .setResponseTimeout(SILENCE)
                        .build())
                .setUserAgent("hemline")
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .build();
    }

    /** Asked when a connection is made, and the connection goes to what it gives: there is no second look that others may answer. */
    private DnsResolver checking(Names names) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                if (Network.literal(host).isPresent()) {
                    return new InetAddress[] {InetAddress.getByName(host)};
                }
                InetAddress[] found = names.of(host);
                InetAddress[] kept =
                        Arrays.stream(found).filter(allowed::mayConnect).toArray(InetAddress[]::new);
                if (kept.length == 0) {
                    throw new RefusedAddressException(
                            "its machine " + host + " is "
                                    + Arrays.stream(found)
                                            .map(InetAddress::getHostAddress)
                                            .toList()
                                    + ", which is nobody's in public; have the classifiers' --fetch-from list that address too");
                }
                return kept;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Override
    public byte[] get(Place place, Reservation room) throws IOException, InterruptedException, NoRoomException {
        Place there = place;
        for (int hop = 0; hop <= MOST_HOPS; hop++) {
            var request = new HttpGet(there.uri());
            AtomicBoolean late = new AtomicBoolean();
            ScheduledFuture<?> end = clock.schedule(
                    () -> {
                        late.set(true);
                        request.cancel();
                    },
                    whole.toMillis(),
                    TimeUnit.MILLISECONDS);
            try (ClassicHttpResponse answer = client.executeOpen(target(there), request, null)) {
                if (answer.getCode() == OK) {
                    return content(answer.getEntity(), place, room, request);
                }
                there = elsewhere(there, answer);
            } catch (RefusedAddressException e) {
                throw FetchList.refused(place.uri().toString(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                throw new IOException(late.get() ? "it does not end within " + whole.toSeconds() + " s" : why(e), e);
            } finally {
                end.cancel(false);
            }
        }
        throw FetchList.refused(
                place.uri().toString(), "it leads on more than " + MOST_HOPS + " times; send the last address");
    }

    private static byte[] content(@Nullable HttpEntity entity, Place place, Reservation room, HttpGet request)
            throws IOException, InterruptedException, NoRoomException {
        if (entity == null) {
            return new byte[0];
        }
        byte[] content = null;
        try {
            content = Source.readAll(entity.getContent(), entity.getContentLength(), place, room);
            return content;
        } finally {
            if (content == null) {
                // Closing would read the rest first, however much that is.
                request.cancel();
            }
        }
    }

    private static HttpHost target(Place place) {
        String host = place.prefix().host();
        boolean bracketed = host.startsWith("[");
        return new HttpHost(
                place.prefix().scheme(),
                bracketed ? host.substring(1, host.length() - 1) : host,
                place.prefix().port());
    }

    /** Where an answer that is not the picture leads. */
    private Place elsewhere(Place asked, ClassicHttpResponse answer) throws IOException {
        int status = answer.getCode();
        String address = asked.uri().toString();
        switch (status) {
            case 301, 302, 303, 307, 308 -> {
                Header location = answer.getFirstHeader("Location");
                return next(asked, resolved(asked.uri(), location == null ? null : location.getValue()));
            }
            case 401, 403 ->
                throw FetchList.refused(
                        address,
                        "it answers with status " + status
                                + "; if the address is presigned, sign it for longer than events may wait");
            case 404, 410 ->
                throw FetchList.refused(
                        address,
                        "it answers with status " + status + "; put the picture there before the event is sent");
            case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS ->
                throw new IOException("it answers with status " + status);
            default -> {
                if (status >= SERVER_ERRORS) {
                    throw new IOException("it answers with status " + status);
                }
                throw FetchList.refused(
                        address, "it answers with status " + status + "; send an address that answers 200");
            }
        }
    }

    private Place next(Place asked, String location) {
        Place next;
        try {
            next = allowed.find(location);
        } catch (NotFetchedException e) {
            throw FetchList.refused(asked.uri().toString(), "it leads on. " + e.getMessage());
        }
        if (next.prefix().scheme().equals("file")) {
            throw FetchList.refused(asked.uri().toString(), "it leads to a file; send that address, if it is meant");
        }
        return next;
    }

    private static String resolved(URI base, @Nullable String location) {
        try {
            return location == null ? "" : base.resolve(new URI(location)).toString();
        } catch (URISyntaxException e) {
            return location == null ? "" : location;
        }
    }

    /** Without addresses, which may be signed. */
    private static String why(IOException e) {
        if (e instanceof ConnectTimeoutException || e instanceof InterruptedIOException) {
            return "it does not answer in time";
        }
        if (e instanceof ConnectException) {
            return "it takes no connection";
        }
        if (e instanceof UnknownHostException) {
            return "nobody knows the name of its machine";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        clock.shutdownNow();
        client.close();
    }
}
