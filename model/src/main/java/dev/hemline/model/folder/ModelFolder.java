package dev.hemline.model.folder;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.Sha256;
import dev.hemline.topic.AvroJson;
import dev.hemline.topic.UndecodableEventException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A model as files: {@code model.pt}, the TorchScript archive, and {@code manifest.json}, what it is and the proof that it
 * works, in Avro's JSON encoding.
 *
 * @param path the folder
 */
public record ModelFolder(Path path) {
    private static final AvroJson<ModelManifest> MANIFESTS = new AvroJson<>(ModelManifest.class);

    /** Where the archive is. */
    public Path archiveFile() {
        return path.resolve("model.pt");
    }

    /** Where the manifest is. */
    public Path manifestFile() {
        return path.resolve("manifest.json");
    }

    /** Writes both files, and makes the folder if there is none; a model that is there is replaced. */
    public void write(ModelManifest manifest, byte[] archive) throws IOException {
        Files.createDirectories(path);
        replace(archiveFile(), archive);
        replace(manifestFile(), MANIFESTS.write(manifest));
    }

    /**
     * Reads the manifest.
     *
     * @throws IOException if there is none or it is damaged; the message names the file
     */
    public ModelManifest manifest() throws IOException {
        try {
            return MANIFESTS.read(Files.readAllBytes(manifestFile()));
        } catch (UndecodableEventException e) {
            throw new IOException(manifestFile() + " is no manifest of a model: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the archive that belongs to a manifest.
     *
     * @throws IOException if there is none or it is another one; the message names the file
     */
    public byte[] archive(ModelManifest manifest) throws IOException {
        long size = manifest.getArchive().getSizeBytes();
        byte[] archive = Files.size(archiveFile()) == size ? Files.readAllBytes(archiveFile()) : new byte[0];
        if (!Sha256.hex(archive).equals(manifest.getArchive().getSha256())) {
            throw new IOException(archiveFile() + " is not the archive that " + manifestFile() + " describes");
        }
        return archive;
    }

    private static void replace(Path file, byte[] content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
