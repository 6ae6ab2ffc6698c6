package dev.hemline.quality.stream;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder for the state of this instance alone, the first that no other instance on this machine has: so several can be
 * started alike, and one that is started again finds what it had. It is free again when this process ends, however it ends.
 *
 * @param claimed a file there that is locked meanwhile
 */
public record StateFolder(Path path, FileChannel claimed) implements AutoCloseable {
    private static final int MOST_INSTANCES = 256;

    /** @throws UserError if {@code root} cannot be used */
    public static StateFolder claim(Path root) {
        try {
            for (int number = 0; number < MOST_INSTANCES; number++) {
                Optional<StateFolder> claimed = tryToClaim(root.resolve("instance-" + number));
                if (claimed.isPresent()) {
                    return claimed.get();
                }
            }
        } catch (IOException e) {
            throw new UserError("No state can be kept in " + root + ": " + e + "; choose another --state-dir", e);
        }
        throw new UserError(
                MOST_INSTANCES + " instances keep state in " + root + " already; choose another --state-dir");
    }

    private static Optional<StateFolder> tryToClaim(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel channel =
                FileChannel.open(path.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // Held until the channel is closed, or the process is gone.
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new StateFolder(path, channel));
            }
        } catch (OverlappingFileLockException e) {
            // Another instance in this very process has it.
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        claimed.close();
    }
}
