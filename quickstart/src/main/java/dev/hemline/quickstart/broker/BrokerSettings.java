package dev.hemline.quickstart.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of a node that is alone.
 *
 * @param folder where its data is
 * @param clientPort where clients connect
 * @param controllerPort where it talks to itself
 */
record BrokerSettings(Path folder, int clientPort, int controllerPort) {
    static final String HOST = "localhost";
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    Map<String, String> properties() {
        var all = new HashMap<String, String>();
        all.putAll(identity());
        all.putAll(aloneInTheCluster());
        all.putAll(quickToReact());
        all.putAll(smallInMemory());
        // A topic with a typing mistake in its name shall be an error, not a topic.
        all.put("auto.create.topics.enable", "false");
        return all;
    }

    private Map<String, String> identity() {
        String controller = HOST + ":" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@" + controller,
                "listeners",
                "CLIENTS://" + HOST + ":" + clientPort + "," + CONTROLLER_LISTENER + "://" + controller,
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "inter.broker.listener.name",
                "CLIENTS",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "log.dirs",
                folder.toAbsolutePath().toString());
    }

    private static Map<String, String> aloneInTheCluster() {
        return Map.of(
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> quickToReact() {
        return Map.of(
                // Nobody else is coming, so a group need not wait for more members.
                "group.initial.rebalance.delay.ms", "0",
                // After kill -9 the node waits for its own former session to end.
                "broker.session.timeout.ms", "4000",
                "broker.heartbeat.interval.ms", "1000",
                // A killed client's open transaction hides what comes after it until it is aborted.
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
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
