package dev.hemline.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A number of seats, of which one client can have some and not all. Thread-safe. */
public final class Seats {
    private final int most;
    private final int mostOfOne;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /**
     * @param most in all
     * @param mostOfOne of them for one client
     */
    public Seats(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** A seat that somebody has, until it is closed. */
    public final class Seat implements AutoCloseable {
        private final String client;
        private final AtomicBoolean free = new AtomicBoolean();

        private Seat(String client) {
            this.client = client;
        }

        @Override
        public void close() {
            if (free.compareAndSet(false, true)) {
                leave(client);
            }
        }
    }

    /**
     * Empty if there are no more, or none for this client.
     *
     * @param address the client's, in figures; one network of IPv6 is one client, as a single machine has a whole one
     */
    public synchronized Optional<Seat> take(String address) {
        String client = client(address);
        if (all >= most || taken.getOrDefault(client, 0) >= mostOfOne) {
            return Optional.empty();
        }
        all++;
        taken.merge(client, 1, Integer::sum);
        return Optional.of(new Seat(client));
    }

    private synchronized void leave(String client) {
        all--;
        taken.computeIfPresent(client, (same, seats) -> seats == 1 ? null : seats - 1);
    }

    private static String client(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] figures = InetAddress.getByName(address).getAddress();
            return Arrays.toString(figures.length == 16 ? Arrays.copyOf(figures, 8) : figures);
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
