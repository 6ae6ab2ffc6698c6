package dev.hemline.service;

import dev.hemline.service.Seats.Seat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that are open: so many, of one client some of them, and none that asks for nothing and yet keeps its seat. A
 * byte of a header now and then would keep it for good, for Jetty counts idle time from the last byte. Thread-safe.
 */
final class Connections implements SelectorManager.AcceptListener, HttpConfiguration.Customizer {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Each may keep one of Jetty's 250 threads, which must not run out. */
    private static final int MOST = 200;
    /** A quarter; a browser opens 6, a proxy keeps a few dozen. */
    private static final int MOST_OF_ONE_CLIENT = 50;
    /** Jetty's own 30 s, for those who send nothing at all, and as much again. */
    private static final long LONGEST_REST_NANOS = Duration.ofMinutes(1).toNanos();

    private final Seats seats = new Seats(MOST, MOST_OF_ONE_CLIENT);
    private final Counter refused;
    private final LongSupplier nanoTime;
    private final Map<SelectableChannel, Open> open = new ConcurrentHashMap<>();
    private final LogThrottle line = new LogThrottle();

    private static final class Open {
        final Seat seat;
        volatile boolean asking;
        volatile long since;

        Open(Seat seat, long now) {
            this.seat = seat;
            since = now;
        }
    }

    Connections(MeterRegistry registry, LongSupplier nanoTime) {
        refused = HttpGate.refused(registry, "connections");
        this.nanoTime = nanoTime;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        try {
            String client = address((SocketChannel) channel);
            Optional<Seat> seat = seats.take(client);
            if (seat.isPresent()) {
                open.put(channel, new Open(seat.get(), nanoTime.getAsLong()));
            } else {
                channel.close();
                refused.increment();
                if (line.isDue("full")) {
                    LOG.warn(
                            "Hung up on {}: there are {} connections already, or {} of that client",
                            client,
                            MOST,
                            MOST_OF_ONE_CLIENT);
                }
            }
        } catch (IOException e) {
            LOG.debug("A client is gone already: {}", e.toString());
        }
    }

    private static String address(SocketChannel channel) throws IOException {
        return channel.getRemoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        Open closed = open.remove(channel);
        if (closed != null) {
            closed.seat.close();
        }
    }

    /** Sees each request as soon as its headers are there. */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        while (endPoint instanceof EndPoint.Wrapper tls) {
            endPoint = tls.unwrap();
        }
        find(endPoint).ifPresent(its -> {
            its.asking = true;
            Request.addCompletionListener(request, failure -> {
                its.since = nanoTime.getAsLong();
                its.asking = false;
            });
        });
        return request;
    }

    private Optional<Open> find(EndPoint endPoint) {
        return endPoint.getTransport() instanceof SelectableChannel channel
                ? Optional.ofNullable(open.get(channel))
                : Optional.empty();
    }

    /** Closes those that have not asked for anything for a minute. */
    void closeIdle(Connector connector) {
        long now = nanoTime.getAsLong();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            find(endPoint)
                    .filter(its -> !its.asking && now - its.since > LONGEST_REST_NANOS)
                    .ifPresent(its -> endPoint.close());
        }
    }
}
