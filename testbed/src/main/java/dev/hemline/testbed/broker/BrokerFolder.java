package dev.hemline.testbed.broker;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The folder that a broker keeps its data in: new and formatted, or one that a broker left behind. */
final class BrokerFolder {
    private static final String FORMATTED = "meta.properties";

    private BrokerFolder() {}

    /** @throws UserError if the folder cannot be made or written, or holds something else */
    static void prepare(BrokerSettings settings) {
        Path folder = settings.folder();
        try {
            Files.createDirectories(folder);
            requireWritable(folder);
            if (Files.exists(folder.resolve(FORMATTED))) {
                return;
            }
            requireEmpty(folder);
        } catch (IOException e) {
            throw new UserError("Folder " + folder + " cannot be used for Kafka's data: " + e, e);
        }
        format(settings);
    }

    private static void requireWritable(Path folder) {
        if (!Files.isWritable(folder)) {
            throw new UserError("Folder " + folder + " is not writable; Kafka's data needs one that is");
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            content.findAny().ifPresent(something -> {
                throw new UserError("Folder " + folder + " holds " + something.getFileName()
                        + ", so it is not a Kafka broker's; choose an empty or a new one");
            });
        }
    }

    private static void format(BrokerSettings settings) {
        Path folder = settings.folder();
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(settings.clusterId())
                    .setNodeId(settings.self().id())
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) { // Formatter declares no narrower type
            throw new UserError("Folder " + folder + " cannot be formatted for Kafka's data: " + e.getMessage(), e);
        }
    }
}
