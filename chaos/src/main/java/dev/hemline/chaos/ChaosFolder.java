package dev.hemline.chaos;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where brokers keep their data and everybody logs: a folder that is kept, or one that goes unless something went wrong. */
final class ChaosFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosFolder.class);

    private final Path root;
    private boolean kept;

    private ChaosFolder(Path root, boolean kept) {
        this.root = root;
        this.kept = kept;
    }

    /** @throws UserError if it cannot be made, or holds something */
    static ChaosFolder open(Optional<Path> given) {
        try {
            Path root = given.isPresent()
                    ? Files.createDirectories(given.get().toAbsolutePath())
                    : Files.createTempDirectory("hemline-chaos-");
            try (var content = Files.list(root)) {
                if (content.findAny().isPresent()) {
                    throw new UserError("Folder " + root + " is not empty; chaos begins anew, choose another --folder");
                }
            }
            return new ChaosFolder(root, given.isPresent());
        } catch (IOException e) {
            throw new UserError("Folder " + given.orElse(Path.of("for temporary files")) + " cannot be used: " + e, e);
        }
    }

    Path root() {
        return root;
    }

    /** Logs that tell why something went wrong shall be there afterwards. */
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
