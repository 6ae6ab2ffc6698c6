package dev.hemline.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.KafkaThread;
import org.apache.kafka.common.utils.Utils;

/**
 * A wire between clients and a broker, which can be cut without either side being told: while it is, connections stay open
 * and nothing comes through, as where packets are dropped.
 */
public final class PausableProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Down at 0: whoever comes before waits. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private PausableProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Begins to forward.
     *
     * @param port where it listens on this machine, 0 for any free one
     * @param target port of this machine that it forwards to; nobody has to listen there yet
     */
    static PausableProxy start(int port, int target) {
        try {
            var proxy =
                    new PausableProxy(new ServerSocket(port, BUFFER_BYTES, InetAddress.getByName("localhost")), target);
            KafkaThread.daemon("proxy-" + port, proxy::accept).start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("A proxy on port " + port + " cannot be opened", e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    int target() {
        return target;
    }

    synchronized void pause() {
        if (gate.getCount() == 0) {
            gate = new CountDownLatch(1);
        }
    }

    void resume() {
        gate.countDown();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = keep(server.accept());
                KafkaThread.daemon("proxy-connect", () -> connect(client)).start();
            } catch (IOException e) {
                // Closed, or a client that was gone before it was there.
            }
        }
    }

    private void connect(Socket client) {
        try {
            gate.await();
            Socket broker = keep(new Socket());
            broker.connect(new InetSocketAddress("localhost", target), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            KafkaThread.daemon("proxy-up", () -> pump(client, broker)).start();
            pump(broker, client);
        } catch (IOException e) {
            drop(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            int read = in.read(buffer);
            while (read >= 0) {
                gate.await();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
            gate.await();
        } catch (IOException e) {
            // One side is gone; so is the other, below.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            drop(from);
            drop(to);
        }
    }

    private Socket keep(Socket socket) {
        open.add(socket);
        return socket;
    }

    private void drop(Socket socket) {
        open.remove(socket);
        Utils.closeQuietly(socket, "socket");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(this::drop);
            resume();
        }
    }
}
