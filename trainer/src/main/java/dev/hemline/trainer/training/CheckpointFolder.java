package dev.hemline.trainer.training;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last two checkpoints of a training in a folder: {@code latest.ckpt} and {@code previous.ckpt}. Each ends with its
 * SHA-256, and is complete on the disk before it gets its name.
 */
public final class CheckpointFolder {
    private static final int DIGEST_LENGTH = 64;

    private final Path latest;
    private final Path previous;
    private final Path unfinished;
    private final boolean resume;

    /**
     * @param folder made with the first checkpoint
     * @param resume whether to go on from the latest checkpoint, if there is one; else it is replaced
     */
    public CheckpointFolder(Path folder, boolean resume) {
        this.latest = folder.resolve("latest.ckpt");
        this.previous = folder.resolve("previous.ckpt");
        this.unfinished = folder.resolve("unfinished.ckpt");
        this.resume = resume;
    }

    /** Whether some training has left a checkpoint here. */
    public boolean isUsed() {
        return Files.exists(latest) || Files.exists(previous);
    }

    /**
     * The latest checkpoint, if there is one to go on from.
     *
     * @throws UserError if it cannot be used
     */
    public Optional<Checkpoint> latest(Network network) {
        if (!resume || !isUsed()) {
            return Optional.empty();
        }
        // Killed between two renames, there is only the one before.
        Path file = Files.exists(latest) ? latest : previous;
        try {
            return Optional.of(Checkpoint.read(verified(file), network));
        } catch (IOException e) {
            String advice = file.equals(latest) && Files.exists(previous)
                    ? "; delete it to go on from the one before, " + previous
                    : "; train without --resume to begin anew";
            throw new UserError("cannot go on from " + file + ": " + e.getMessage() + advice, e);
        }
    }

    /**
     * The network that validated best until the latest checkpoint.
     *
     * @throws UserError if there is no checkpoint, or one that cannot be used
     */
    public Weights best(Network network) {
        return latest(network)
                .orElseThrow(() -> new UserError("there is no checkpoint in " + latest.getParent()))
                .best();
    }

    /**
     * Keeps this checkpoint.
     *
     * @throws UserError if it cannot be kept; the one before still is
     */
    public void save(Checkpoint checkpoint) {
        byte[] content = checkpoint.bytes();
        try {
            Files.createDirectories(latest.getParent());
            write(content);
            if (Files.exists(latest)) {
                Files.move(latest, previous, ATOMIC_MOVE);
            }
            Files.move(unfinished, latest, ATOMIC_MOVE);
        } catch (IOException e) {
            deleteUnfinished(e);
            throw new UserError(
                    "cannot write the checkpoint of epoch " + checkpoint.last().epoch() + " to " + latest.getParent()
                            + ": " + e.getMessage() + "; the one before is kept, make room and go on with --resume",
                    e);
        }
    }

    private void write(byte[] content) throws IOException {
        try (FileOutputStream file = new FileOutputStream(unfinished.toFile())) {
            file.write(content);
            file.write(digest(content));
            file.getFD().sync();
        }
    }

    private void deleteUnfinished(IOException failure) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static byte[] verified(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = Math.max(0, bytes.length - DIGEST_LENGTH);
        byte[] content = Arrays.copyOf(bytes, length);
        if (!Arrays.equals(digest(content), Arrays.copyOfRange(bytes, length, bytes.length))) {
            throw new IOException("it is damaged, its SHA-256 is another");
        }
        return content;
    }

    private static byte[] digest(byte[] content) {
        return Sha256.hex(content).getBytes(StandardCharsets.US_ASCII);
    }
}
