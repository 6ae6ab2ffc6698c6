package dev.hemline.chaos.cluster;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.BrokerSettings;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.child.ChildCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * Three brokers, each a JVM of its own, replication 3 and min ISR 2. Producer and check go to them directly; each classifier
 * has a wire of its own to every broker, which can be cut. A question that no broker answers has the answer no.
 */
public final class Cluster implements AutoCloseable {
    private static final int BROKERS = 3;
    private static final String HEAP = "256m";
    private static final int PATIENCE_MILLIS = 5_000;

    private final KafkaSettings direct;
    private final List<Wire> wires;
    private final List<Node> brokers;
    private final Admin admin;

    /**
     * Starts the brokers; they need some seconds until they answer.
     *
     * @param folder for their data and logs
     * @param apps how many apps get a wire of their own
     */
    public Cluster(Path folder, int apps) {
        List<BrokerSettings.Node> nodes = IntStream.rangeClosed(1, BROKERS)
                .mapToObj(id -> new BrokerSettings.Node(id, FreePort.any(), FreePort.any()))
                .toList();
        wires = IntStream.rangeClosed(1, apps)
                .mapToObj(app -> Wire.toEach(nodes, "APP" + app))
                .toList();
        String clusterId = Uuid.randomUuid().toString();
        direct = KafkaSettings.of(
                nodes.stream().map(BrokerSettings.Node::address).collect(joining(",")));
        brokers = nodes.stream()
                .map(node -> broker(new BrokerSettings(
                        folder.resolve("broker-" + node.id()),
                        clusterId,
                        node,
                        nodes,
                        wires.stream().map(wire -> wire.listener(node)).toList())))
                .toList();
        admin = Admin.create(direct.client(
                Map.of("default.api.timeout.ms", PATIENCE_MILLIS, "request.timeout.ms", PATIENCE_MILLIS)));
    }

    private static Node broker(BrokerSettings settings) {
        Path data = settings.folder();
        Path written = data.resolveSibling(data.getFileName() + ".json");
        JsonFile.write(settings, written);
        return new Node(
                "broker " + settings.self().id(),
                ChildCommand.of(BrokerCommand.VERB, HEAP, List.of("--settings=" + written)),
                data.resolveSibling(data.getFileName() + ".log"));
    }

    /** The brokers themselves. */
    public KafkaSettings direct() {
        return direct;
    }

    public List<Node> brokers() {
        return brokers;
    }

    /** One per app. */
    public List<Wire> wires() {
        return wires;
    }

    /** Whether all brokers are there. */
    public boolean complete() throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size() >= BROKERS;
        } catch (ExecutionException e) {
            return false;
        }
    }

    /** Whether every partition of every topic has all its replicas in sync. */
    public boolean inSync() throws InterruptedException {
        try {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .map(TopicDescription::partitions)
                    .flatMap(List::stream)
                    .allMatch(partition ->
                            partition.isr().size() == partition.replicas().size());
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
        brokers.forEach(Node::close);
        wires.forEach(Wire::close);
    }
}
