package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.hemline.service.DaemonThreads;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.BrokerSettings;
import dev.hemline.testbed.broker.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.Utils;

/**
 * What lies between one app and all brokers. It can be cut without either side being told: while it is, connections stay open
 * and nothing comes through, as where packets are dropped.
 */
public final class Wire implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int CONNECT_MILLIS = 2_000;

    private final String name;
    private final SortedMap<Integer, Proxy> proxies = new TreeMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    /** Down at 0: whoever comes before waits. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** Where the app finds one broker, and the port that is forwarded to. */
    private record Proxy(ServerSocket server, int target) {}

    /**
     * Begins to forward.
     *
     * @param name of the listener that brokers have for it
     * @param targets ports of this machine by the id of the broker behind each; nobody has to listen there yet
     */
    Wire(String name, Map<Integer, Integer> targets) {
        this.name = name;
        targets.forEach((broker, target) -> proxies.put(broker, new Proxy(listening(), target)));
        proxies.values().forEach(proxy -> DaemonThreads.start("proxy-" + proxy.target, () -> accept(proxy)));
    }

    static Wire toEach(List<BrokerSettings.Node> nodes, String name) {
        return new Wire(name, nodes.stream().collect(toMap(BrokerSettings.Node::id, node -> FreePort.any())));
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, BUFFER_BYTES, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException("A proxy cannot be opened", e);
        }
    }

    BrokerSettings.Listener listener(BrokerSettings.Node node) {
        Proxy proxy = Objects.requireNonNull(proxies.get(node.id()));
        return new BrokerSettings.Listener(name, proxy.target, proxy.server.getLocalPort());
    }

    /** The brokers, as the app at the end of this wire knows them. */
    public KafkaSettings kafka() {
        return KafkaSettings.of(proxies.values().stream()
                .map(proxy -> "localhost:" + proxy.server.getLocalPort())
                .collect(joining(",")));
    }

    /** Nothing comes through any more, and nobody is told. */
    public synchronized void cut() {
        if (gate.getCount() == 0) {
            gate = new CountDownLatch(1);
        }
    }

    public void mend() {
        gate.countDown();
    }

    private void accept(Proxy proxy) {
        while (!proxy.server.isClosed()) {
            try {
                Socket client = keep(proxy.server.accept());
                DaemonThreads.start("proxy-connect", () -> connect(client, proxy.target));
            } catch (IOException e) {
                // Closed, or a client that was gone before it was there.
            }
        }
    }

    private void connect(Socket client, int target) {
        try {
            gate.await();
            Socket broker = keep(new Socket());
            broker.connect(new InetSocketAddress("localhost", target), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            DaemonThreads.start("proxy-up", () -> pump(client, broker));
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
        proxies.values().forEach(proxy -> Utils.closeQuietly(proxy.server, "proxy"));
        open.forEach(this::drop);
        mend();
    }
}
