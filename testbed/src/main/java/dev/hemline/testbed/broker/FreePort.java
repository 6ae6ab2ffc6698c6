package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody listens on. */
public final class FreePort {
    private static final int MAX = 65_535;

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
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(BrokerSettings.HOST, port));
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UserError(
                    "Port " + port + " is taken or not ours to use; choose another with --port, or 0 for any free one",
                    e);
        }
    }

    public static int any() {
        return orAny(0);
    }
}
