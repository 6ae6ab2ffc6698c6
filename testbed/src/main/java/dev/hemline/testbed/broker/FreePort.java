package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that nobody listens on. */
public final class FreePort {
    private static final int MAX = 65_535;
    private static final int LOWEST = 15_000;
    private static final int BELOW = 32_000;
    private static final int TRIES = 1_000;

    private FreePort() {}

    /**
     * The given port if it is free, or any free one for 0. Somebody else may still take it before it is used.
     *
     * @throws UserError if the port is taken
     */
    public static int orAny(int port) {
        if (port < 0 || port > MAX) {
            throw new IllegalArgumentException("A port is 0 to " + MAX + ", not " + port);
        }
        if (port == 0) {
            return any();
        }
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(BrokerSettings.HOST, port));
            return port;
        } catch (IOException e) {
            throw new UserError(
                    "Port " + port + " is taken or not ours to use; choose another with --port, or 0 for any free one",
                    e);
        }
    }

    /**
     * Any free one, below those that systems give to connections: one of these is free when it is looked for, and somebody's
     * connection a moment later.
     */
    public static int any() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(BrokerSettings.HOST, port));
                return port;
            } catch (IOException e) {
                // Somebody's; the next one is as good.
            }
        }
        throw new UserError("No port of this machine is free between " + LOWEST + " and " + BELOW);
    }
}
