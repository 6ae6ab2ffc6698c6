package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A connection on which a test says what no well-behaved client would.
 *
 * <p>Other modules get it with a dependency on service of type {@code test-jar}.
 */
public record RawHttp(Socket socket) implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    public static RawHttp to(int port) throws IOException {
        return from("127.0.0.1", port);
    }

    /** @param address of this machine, to be seen as another client; 127.0.0.2 is one, too */
    public static RawHttp from(String address, int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(address), 0);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawHttp(socket);
    }

    /** The whole answer to a request of one line and headers, after which the server hangs up. */
    public static String get(int port, String path, String... headers) throws IOException {
        try (RawHttp raw = to(port)) {
            raw.say("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
            return raw.rest();
        }
    }

    public void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** Up to the end of the connection. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
