package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node in this JVM, broker and controller in one, reachable from this machine only. Its data stays in a folder
 * and is there again when the folder is opened again. For development, demos and tests.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String FORMATTED = "meta.properties";
    private static final String LOCK = ".lock";

    private final KafkaRaftServer server;
    private final BrokerSettings.Node node;

    private EmbeddedBroker(KafkaRaftServer server, BrokerSettings.Node node) {
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
        prepareFolder(settings);
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

    /** Formats it, unless it is what a broker left behind. */
    private static void prepareFolder(BrokerSettings settings) {
        Path folder = settings.folder();
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new UserError("Folder " + folder + " is not writable; Kafka's data needs one that is");
            }
            if (Files.exists(folder.resolve(FORMATTED))) {
                requireUnlocked(folder);
                return;
            }
            requireEmpty(folder);
        } catch (IOException e) {
            throw new UserError("Folder " + folder + " cannot be used for Kafka's data: " + e, e);
        }
        try {
            formatter(settings).run();
        } catch (Exception e) { // Formatter declares no narrower type
            throw new UserError("Folder " + folder + " cannot be formatted for Kafka's data: " + e.getMessage(), e);
        }
    }

    /** A second broker would find out by itself, but may end this process before it says so. */
    private static void requireUnlocked(Path folder) throws IOException {
        try (FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // A broker in this very process has it.
        }
        throw new UserError("Another Kafka broker uses folder " + folder
                + " and holds its lock; end it, or choose another" + " folder");
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            content.findAny().ifPresent(something -> {
                throw new UserError("Folder " + folder + " holds " + something.getFileName()
                        + ", so it is not a Kafka broker's; choose an empty or a new one");
            });
        }
    }

    static Formatter formatter(BrokerSettings settings) {
        String folder = settings.folder().toString();
        return new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(settings.clusterId())
                .setNodeId(settings.self().id())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setMetadataLogDirectory(folder)
                .addDirectory(folder);
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
