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
import org.apache.kafka.common.utils.KafkaThread;

/**
 * A wire between clients and a broker, which can be cut without either side being told: while it is, connections stay open
 * and nothing comes through, as where packets are dropped.
 */
public final class PausableProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int CONNECT_MILLIS = 2_000;

    private final ServerSocket server;
    private final int target;
    private final Gate gate = new Gate();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

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

    void pause() {
        gate.shut();
    }

    void resume() {
        gate.open();
    }

    private void accept() {
        while (!server.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Socket client = keep(server.accept());
            KafkaThread.daemon("proxy-connect", () -> connect(client)).start();
        } catch (IOException e) {
            // Closed, or a client that was gone before it was there.
            return;
        }
    }

    private void connect(Socket client) {
        try {
            gate.pass();
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
                gate.pass();
                out.write(buffer, 0, read);
                read = in.read(buffer);
            }
            gate.pass();
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
        try {
            socket.close();
        } catch (IOException e) {
            // There is nothing more to be closed.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(this::drop);
            gate.open();
        }
    }

    /** Whoever comes while it is shut waits. */
    private static final class Gate {
        private boolean shut;

        synchronized void shut() {
            shut = true;
        }

        synchronized void open() {
            shut = false;
            notifyAll();
        }

        synchronized void pass() throws InterruptedException {
            while (shut) {
                wait();
            }
        }
    }
}
