package dev.hemline.page;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** Bytes to a server as they are, and whatever comes back. */
final class RawExchange {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_BYTES = 4 << 20;

    private RawExchange() {}

    /**
     * Everything up to the end of the connection, or up to the first events of a stream that has no end; empty where the
     * server hung up.
     *
     * @throws java.net.SocketTimeoutException if it goes silent and keeps the connection
     */
    static String with(int port, byte[] request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            read(socket.getInputStream(), answer);
        } catch (SocketException e) {
            // Hung up before everything was sent, as servers do with those who send nonsense.
            return answer.toString(ISO_8859_1);
        }
        return answer.toString(ISO_8859_1);
    }

    private static void read(InputStream in, ByteArrayOutputStream answer) throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = in.read(buffer); count >= 0 && answer.size() < MOST_BYTES; count = in.read(buffer)) {
            answer.write(buffer, 0, count);
            if (answer.toString(ISO_8859_1).contains("text/event-stream")) {
                return;
            }
        }
    }
}
