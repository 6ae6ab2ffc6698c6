package dev.hemline.quickstart.stream;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store of pictures over HTTP, which can be killed in the middle of an answer and started again where it was. */
final class TestStore implements AutoCloseable {
    private final Map<String, byte[]> pictures = new ConcurrentHashMap<>();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private final int port;
    private HttpServer server;

    TestStore() {
        server = server(0);
        port = server.getAddress().getPort();
    }

    /** So many answers from now, it dies in the next one. */
    void killAfter(int answers) {
        left.set(answers);
    }

    void start() {
        left.set(Integer.MAX_VALUE);
        server = server(port);
    }

    String address(String name) {
        return "http://127.0.0.1:" + port + "/pictures/" + name;
    }

    void put(String name, byte[] picture) {
        pictures.put("/pictures/" + name, picture);
    }

    private HttpServer server(int onPort) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort), 0);
            made.createContext("/", exchange -> {
                try (exchange) {
                    byte[] picture = pictures.get(exchange.getRequestURI().getPath());
                    exchange.sendResponseHeaders(picture == null ? 404 : 200, picture == null ? -1 : picture.length);
                    if (left.getAndDecrement() <= 0) {
                        made.stop(0);
                    } else if (picture != null) {
                        exchange.getResponseBody().write(picture);
                    }
                }
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
