package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.BrokerNode;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.SideDoor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers, each a JVM of its own, replication 3 and min ISR 2. Producer and check go to them directly; each classifier
 * has a wire of its own to every broker, which can be cut.
 */
public final class Cluster implements AutoCloseable {
    private static final int BROKERS = 3;

    private final List<Broker> brokers = new ArrayList<>();
    private final List<Wire> wires = new ArrayList<>();
    private final KafkaSettings direct;

    private Cluster(List<BrokerNode> nodes) {
        direct = KafkaSettings.of(nodes.stream().map(BrokerNode::address).collect(joining(",")));
    }

    /**
     * Starts the brokers; they need some seconds until they answer.
     *
     * @param folder for their data and logs
     * @param apps how many apps get a wire of their own
     */
    public static Cluster start(Path folder, int apps) {
        List<BrokerNode> nodes = new ArrayList<>();
        for (int id = 1; id <= BROKERS; id++) {
            nodes.add(new BrokerNode(id, FreePort.any(), FreePort.any()));
        }
        var cluster = new Cluster(nodes);
        for (int app = 1; app <= apps; app++) {
            cluster.wires.add(Wire.toEach(nodes, "APP" + app));
        }
        String clusterId = Uuid.randomUuid().toString();
        for (BrokerNode node : nodes) {
            List<SideDoor> doors =
                    cluster.wires.stream().map(wire -> wire.door(node.id())).toList();
            var broker = new Broker(folder, clusterId, node, nodes, doors);
            broker.start();
            cluster.brokers.add(broker);
        }
        return cluster;
    }

    /** The brokers themselves. */
    public KafkaSettings direct() {
        return direct;
    }

    public List<Broker> brokers() {
        return List.copyOf(brokers);
    }

    /** One per app. */
    public List<Wire> wires() {
        return List.copyOf(wires);
    }

    @Override
    public void close() {
        brokers.forEach(Broker::close);
        wires.forEach(Wire::close);
    }
}
