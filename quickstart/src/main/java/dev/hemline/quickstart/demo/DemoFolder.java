package dev.hemline.quickstart.demo;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a demo keeps its data and logs: a folder that stays and is continued, or one that goes when the demo ends. */
final class DemoFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoFolder.class);

    private final Path root;
    private boolean kept;

    private DemoFolder(Path root, boolean kept) {
        this.root = root;
        this.kept = kept;
    }

    /** @throws UserError if it cannot be made or written */
    static DemoFolder open(Optional<Path> given) {
        try {
            Path root = given.isPresent()
                    ? Files.createDirectories(given.get().toAbsolutePath())
                    : Files.createTempDirectory("hemline-demo-");
            if (!Files.isWritable(root)) {
                throw new UserError("Folder " + root + " is not writable; choose another with --dir");
            }
            Files.createDirectories(root.resolve("logs"));
            Files.createDirectories(root.resolve("keys"));
            return new DemoFolder(root, given.isPresent());
        } catch (IOException e) {
            throw new UserError("Folder " + given.orElse(Path.of("for temporary files")) + " cannot be used: " + e, e);
        }
    }

    Path kafka() {
        return root.resolve("kafka");
    }

    Path classifierState() {
        return root.resolve("classifier-state");
    }

    Path keys() {
        return root.resolve("keys");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Logs that tell why something failed shall outlive the demo. */
    void keep() {
        kept = true;
    }

    @Override
    public void close() {
        if (kept) {
            return;
        }
        try {
            Utils.delete(root.toFile());
        } catch (IOException e) {
            LOG.warn("Temporary folder {} could not be removed: {}", root, e.toString());
        }
    }
}
