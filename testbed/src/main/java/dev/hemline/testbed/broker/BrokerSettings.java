package dev.hemline.testbed.broker;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * The settings of one node. A node that is alone is a cluster of one.
 *
 * @param folder where its data is
 * @param clusterId the same for all nodes of a cluster
 * @param self this node, one of {@code nodes}
 * @param nodes all of them; what can be replicated is, on up to three of them
 * @param doors more ways in
 */
public record BrokerSettings(
        Path folder, String clusterId, BrokerNode self, List<BrokerNode> nodes, List<SideDoor> doors) {
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String CLIENT_LISTENER = "CLIENTS";
    private static final int MOST_REPLICAS = 3;

    public BrokerSettings {
        nodes = List.copyOf(nodes);
        doors = List.copyOf(doors);
    }

    static BrokerSettings alone(Path folder, int clientPort, int controllerPort) {
        var self = new BrokerNode(1, clientPort, controllerPort);
        return new BrokerSettings(folder, Uuid.randomUuid().toString(), self, List.of(self), List.of());
    }

    Map<String, String> properties() {
        var all = new HashMap<String, String>();
        all.putAll(identity());
        all.putAll(listeners());
        all.putAll(replication());
        all.putAll(quickToReact());
        all.putAll(smallInMemory());
        // A topic with a typing mistake in its name shall be an error, not a topic.
        all.put("auto.create.topics.enable", "false");
        return all;
    }

    private Map<String, String> identity() {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(self.id()),
                "controller.quorum.voters",
                nodes.stream().map(node -> node.id() + "@" + node.controller()).collect(joining(",")),
                "log.dirs",
                folder.toAbsolutePath().toString());
    }

    private Map<String, String> listeners() {
        String clients = CLIENT_LISTENER + "://" + self.address();
        return Map.of(
                "listeners",
                Stream.concat(
                                Stream.of(clients, CONTROLLER_LISTENER + "://" + self.controller()),
                                doors.stream().map(door -> listener(door, door.port())))
                        .collect(joining(",")),
                "advertised.listeners",
                Stream.concat(Stream.of(clients), doors.stream().map(door -> listener(door, door.advertisedPort())))
                        .collect(joining(",")),
                "listener.security.protocol.map",
                Stream.concat(
                                Stream.of(CLIENT_LISTENER, CONTROLLER_LISTENER),
                                doors.stream().map(SideDoor::name))
                        .map(name -> name + ":PLAINTEXT")
                        .collect(joining(",")),
                "inter.broker.listener.name",
                CLIENT_LISTENER,
                "controller.listener.names",
                CONTROLLER_LISTENER);
    }

    private static String listener(SideDoor door, int port) {
        return door.name() + "://" + BrokerNode.HOST + ":" + port;
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

    private Map<String, String> quickToReact() {
        var quick = new HashMap<String, String>();
        // Nobody else is coming, so a group need not wait for more members.
        quick.put("group.initial.rebalance.delay.ms", "0");
        // A killed client's open transaction hides what comes after it until it is aborted.
        quick.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        if (nodes.size() == 1) {
            // After kill -9 the node waits for its own former session to end. Several would take a busy one for dead.
            quick.put("broker.session.timeout.ms", "4000");
            quick.put("broker.heartbeat.interval.ms", "1000");
        }
        return quick;
    }

    private static Map<String, String> smallInMemory() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "4",
                "log.cleaner.dedupe.buffer.size", "4194304",
                "num.network.threads", "2",
                "num.io.threads", "4");
    }
}
