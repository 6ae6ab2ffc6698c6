package dev.hemline.quickstart.broker;

import dev.hemline.service.UserError;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node in this JVM, broker and controller in one, reachable from this machine only. Its data stays in a folder
 * and is there again when the folder is opened again. For development, demos and tests: nothing is replicated.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts the node; it takes clients when this returns.
     *
     * @param folder where its data is or shall be; made if missing
     * @param port where clients connect, 0 for any free one
     * @throws UserError if the port is taken, or the folder cannot be used or is not a broker's
     */
    public static EmbeddedBroker start(Path folder, int port) {
        int clientPort = FreePort.orAny(port);
        var settings = new BrokerSettings(folder, clientPort, FreePort.any());
        BrokerFolder.prepare(folder);
        KafkaRaftServer server = null;
        try {
            server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
            server.startup();
        } catch (KafkaException e) {
            if (server != null) {
                server.shutdown();
            }
            throw new UserError("No Kafka broker can run on folder " + folder + ": " + e.getMessage(), e);
        }
        return new EmbeddedBroker(server, clientPort);
    }

    public int port() {
        return port;
    }

    /** What clients of this broker set as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerSettings.HOST + ":" + port;
    }

    /** Stops within seconds; what was acknowledged is on disk. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
