package dev.hemline.testbed.child;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the programs of one run keep data and logs: a folder that stays, or one that goes unless something went wrong. */
public final class RunFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

    private final Path root;
    private boolean kept;

    private RunFolder(Path root, boolean kept) {
        this.root = root;
        this.kept = kept;
    }

    /**
     * Makes it if it is not there.
     *
     * @param given the one that stays; empty for a temporary one
     * @param name what the name of a temporary one begins with
     * @throws UserError if it cannot be made
     */
    public static RunFolder open(Optional<Path> given, String name) {
        try {
            Path root = given.isPresent()
                    ? Files.createDirectories(given.get().toAbsolutePath())
                    : Files.createTempDirectory(name);
            return new RunFolder(root, given.isPresent());
        } catch (IOException e) {
            throw new UserError("Folder " + given.orElse(Path.of("for temporary files")) + " cannot be used: " + e, e);
        }
    }

    public Path root() {
        return root;
    }

    /** Logs that tell why something went wrong shall be there afterwards. */
    public void keep() {
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
