package dev.hemline.testbed.broker;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;

/**
 * The settings of one node. A node that is alone is a cluster of one.
 *
 * @param folder where its data is
 * @param clusterId the same for all nodes of a cluster
 * @param self this node, one of {@code nodes}
 * @param nodes all of them; what can be replicated is, on up to three of them
 * @param listeners more ways in
 */
public record BrokerSettings(Path folder, String clusterId, Node self, List<Node> nodes, List<Listener> listeners) {
    static final String HOST = "localhost";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENTS";
    private static final int MOST_REPLICAS = 3;

    /** Of every node: it is small in memory and quick to react. */
    private static final Map<String, String> ALIKE = Map.of(
            "process.roles", "broker,controller",
            // A topic with a typing mistake in its name shall be an error, not a topic.
            "auto.create.topics.enable", "false",
            // Nobody else is coming, so a group need not wait for more members.
            "group.initial.rebalance.delay.ms", "0",
            // A killed client's open transaction hides what comes after it until it is aborted.
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
            "offsets.topic.num.partitions", "4",
            "transaction.state.log.num.partitions", "4",
            "share.coordinator.state.topic.num.partitions", "4",
            "log.cleaner.dedupe.buffer.size", "4194304",
            "num.network.threads", "2",
            "num.io.threads", "4");

    public BrokerSettings {
        nodes = List.copyOf(nodes);
        listeners = List.copyOf(listeners);
    }

    /**
     * One node of a cluster, broker and controller in one.
     *
     * @param id by which the others know it
     * @param clientPort where clients and other brokers connect
     * @param controllerPort where the controllers agree on what the cluster is
     */
    public record Node(int id, int clientPort, int controllerPort) {
        private String controller() {
            return HOST + ":" + controllerPort;
        }

        /** As {@code bootstrap.servers} wants it. */
        public String address() {
            return HOST + ":" + clientPort;
        }
    }

    /**
     * Another way in, for clients who are told an address that is not the broker's own, such as that of a proxy before it.
     *
     * @param name capital letters and digits
     * @param port where the broker listens
     * @param advertisedPort where clients are told to connect
     */
    public record Listener(String name, int port, int advertisedPort) {
        private String at(int port) {
            return name + "://" + HOST + ":" + port;
        }
    }

    static BrokerSettings alone(Path folder, int clientPort, int controllerPort) {
        var self = new Node(1, clientPort, controllerPort);
        return new BrokerSettings(folder, Uuid.randomUuid().toString(), self, List.of(self), List.of());
    }

    Map<String, String> properties() {
        var all = new HashMap<>(ALIKE);
        all.put("node.id", Integer.toString(self.id()));
        all.put(
                "controller.quorum.voters",
                nodes.stream().map(node -> node.id() + "@" + node.controller()).collect(joining(",")));
        all.put("log.dirs", folder.toAbsolutePath().toString());
        all.putAll(addresses());
        all.putAll(replication());
        if (nodes.size() == 1) {
            // After kill -9 the node waits for its own former session to end. Several would take a busy one for dead.
            all.put("broker.session.timeout.ms", "4000");
            all.put("broker.heartbeat.interval.ms", "1000");
        }
        return all;
    }

    private Map<String, String> addresses() {
        String clients = CLIENT_LISTENER + "://" + self.address();
        String controller = CONTROLLER_LISTENER + "://" + self.controller();
        String plaintext = CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT";
        return Map.of(
                "listeners", clients + "," + controller + more(listener -> listener.at(listener.port())),
                "advertised.listeners", clients + more(listener -> listener.at(listener.advertisedPort())),
                "listener.security.protocol.map", plaintext + more(listener -> listener.name() + ":PLAINTEXT"),
                "inter.broker.listener.name", CLIENT_LISTENER,
                "controller.listener.names", CONTROLLER_LISTENER);
    }

    private String more(Function<Listener, String> text) {
        return listeners.stream().map(text).map(one -> "," + one).collect(joining());
    }

    /** One node may be gone, and what was acknowledged is still there and can be added to. */
    private Map<String, String> replication() {
        String replicas = Integer.toString(Math.min(MOST_REPLICAS, nodes.size()));
        String inSync = Integer.toString(Math.min(MOST_REPLICAS, nodes.size()) / 2 + 1);
        return Map.of(
                "default.replication.factor", replicas,
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", replicas,
                "transaction.state.log.replication.factor", replicas,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", replicas,
                "share.coordinator.state.topic.min.isr", inSync);
    }
}
