package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ports of this machine that nobody listens on. */
public final class FreePort {
    private static final int MAX = 65_535;
    private static final int LOWEST = 15_000;
    private static final int BELOW = 32_000;
    private static final int BLOCK = 100;
    private static final int TRIES = 1_000;

    /** On the first port of the block that this process has; open until it ends. */
    private static @Nullable ServerSocket ours;

    private static int next;

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
     * connection a moment later. Each process gives out ports of blocks that are its own as long as it lives: brokers that
     * start side by side would meet now and then otherwise.
     */
    public static synchronized int any() {
        for (int tries = 0; tries < TRIES; tries++) {
            ServerSocket block = ours == null || tries % BLOCK == BLOCK - 1 ? claimBlock() : ours;
            next = next % (BLOCK - 1) + 1;
            int port = block.getLocalPort() + next;
            try (var probe = new ServerSocket()) {
                probe.bind(new InetSocketAddress(BrokerSettings.HOST, port));
                return port;
            } catch (IOException e) {
                // Somebody's; the next one is as good.
            }
        }
        throw noneFree();
    }

    /** Whoever listens on its first port has it. */
    private static ServerSocket claimBlock() {
        for (int tries = 0; tries < TRIES; tries++) {
            int block = LOWEST + BLOCK * ThreadLocalRandom.current().nextInt((BELOW - LOWEST) / BLOCK);
            try {
                ServerSocket claimed = new ServerSocket(block, 1, InetAddress.getByName(BrokerSettings.HOST));
                ours = claimed;
                return claimed;
            } catch (IOException e) {
                // Somebody's.
            }
        }
        throw noneFree();
    }

    private static UserError noneFree() {
        return new UserError("No port of this machine is free between " + LOWEST + " and " + BELOW);
    }
}
