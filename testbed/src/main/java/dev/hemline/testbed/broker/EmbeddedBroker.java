package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node in this JVM, broker and controller in one, reachable from this machine only. Its data stays in a folder
 * and is there again when the folder is opened again. For development, demos and tests.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final BrokerNode node;

    private EmbeddedBroker(KafkaRaftServer server, BrokerNode node) {
        this.server = server;
        this.node = node;
    }

    /**
     * Starts a node that is alone; it takes clients when this returns.
     *
     * @param folder where its data is or shall be; made if missing
     * @param port where clients connect, 0 for any free one
     * @throws UserError if the port is taken, or the folder cannot be used or is not a broker's
     */
    public static EmbeddedBroker start(Path folder, int port) {
        return start(BrokerSettings.alone(folder, FreePort.orAny(port), FreePort.any()));
    }

    /**
     * Starts one node of a cluster, and waits until there are enough of them to elect a controller.
     *
     * @throws UserError if its folder cannot be used or is not a broker's
     */
    public static EmbeddedBroker start(BrokerSettings settings) {
        BrokerFolder.prepare(settings);
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
            server.startup();
        } catch (KafkaException e) {
            if (server != null) {
                server.shutdown();
            }
            throw new UserError("No Kafka broker can run on folder " + settings.folder() + ": " + e.getMessage(), e);
        }
        return new EmbeddedBroker(server, settings.self());
    }

    public int port() {
        return node.clientPort();
    }

    /** What clients of this broker set as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return node.address();
    }

    /** Stops within seconds; what was acknowledged is on disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
