package dev.hemline.model.publish;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.topic.ModelKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cuts an archive into events and puts it together again; publisher and classifier both do it here. */
public final class ModelChunks {

    /** Leaves room for key, header and record overhead under the megabyte that brokers take by default. */
    public static final int LARGEST_BYTES = 900_000;

    /** What a chunk is at most as a record, with its key, header and batch. */
    public static final int LARGEST_RECORD_BYTES = LARGEST_BYTES + 2_048;

    /** Largest archive that classifiers take unless told otherwise: more than any network that answers a stream in time. */
    public static final long LARGEST_ARCHIVE_BYTES = 256L << 20;

    private ModelChunks() {}

    /** How many chunks an archive of that many bytes takes; an empty one takes none. */
    public static int count(long archiveBytes) {
        return Math.toIntExact((archiveBytes + LARGEST_BYTES - 1) / LARGEST_BYTES);
    }

    /** The archive as chunks in order, each but the last of {@link #LARGEST_BYTES} bytes; views of {@code archive}. */
    public static List<ModelChunk> split(String name, int version, byte[] archive) {
        List<ModelChunk> chunks = new ArrayList<>();
        for (int index = 0; index < count(archive.length); index++) {
            int start = index * LARGEST_BYTES;
            int length = Math.min(LARGEST_BYTES, archive.length - start);
            chunks.add(new ModelChunk(
                    name,
                    version,
                    index,
                    ByteBuffer.wrap(archive, start, length).slice()));
        }
        return chunks;
    }

    /** Whether a manifest speaks of the chunk that stands under a key of topic {@code models}, as publishers write it. */
    public static boolean isOf(ModelManifest manifest, String key) {
        try {
            return ModelKey.parse(key) instanceof ModelKey.Chunk chunk
                    && chunk.name().equals(manifest.getName())
                    && chunk.version() == manifest.getVersion()
                    && chunk.index() < manifest.getArchive().getChunks()
                    && chunk.toString().equals(key);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The archive that the chunks add up to. Its SHA-256 is the loader's to check.
     *
     * @param chunks in any order; the same chunk twice is taken once
     * @throws ModelRefusedException if a chunk is missing, does not belong to this version, or if all together have not
     *     the size that the manifest says
     */
    public static byte[] join(ModelManifest manifest, Collection<ModelChunk> chunks) throws ModelRefusedException {
        ModelArchive archive = manifest.getArchive();
        int expected = expected(archive);
        Map<Integer, ModelChunk> byIndex = byIndex(manifest, expected, chunks);
        long size = 0;
        for (int index = 0; index < expected; index++) {
            ModelChunk chunk = byIndex.get(index);
            if (chunk == null) {
                throw new ModelRefusedException(
                        Reason.MISSING_CHUNK, "chunk " + index + " of " + expected + " is missing");
            }
            size += chunk.getContent().remaining();
        }
        if (size != archive.getSizeBytes() || size > Integer.MAX_VALUE) {
            throw new ModelRefusedException(
                    Reason.ARCHIVE_SIZE,
                    "the chunks add up to " + size + " bytes where the manifest says " + archive.getSizeBytes());
        }
        ByteBuffer joined = ByteBuffer.allocate((int) size);
        byIndex.values().forEach(chunk -> joined.put(chunk.getContent().duplicate()));
        return joined.array();
    }

    private static int expected(ModelArchive archive) throws ModelRefusedException {
        int expected = archive.getChunks();
        // Written so that no size is too large to compare.
        if (expected < 1
                || archive.getSizeBytes() < 1
                || expected != (archive.getSizeBytes() - 1) / LARGEST_BYTES + 1) {
            throw new ModelRefusedException(
                    Reason.MANIFEST,
                    "the manifest is wrong: " + archive.getSizeBytes() + " bytes do not make " + expected + " chunks");
        }
        return expected;
    }

    /** As many as there are, in order: how many there should be is only what a manifest says, and no reason for an array. */
    private static Map<Integer, ModelChunk> byIndex(ModelManifest manifest, int expected, Collection<ModelChunk> chunks)
            throws ModelRefusedException {
        Map<Integer, ModelChunk> byIndex = new TreeMap<>();
        for (ModelChunk chunk : chunks) {
            boolean ours = chunk.getName().equals(manifest.getName()) && chunk.getVersion() == manifest.getVersion();
            if (!ours || chunk.getIndex() < 0 || chunk.getIndex() >= expected) {
                throw new ModelRefusedException(
                        Reason.EXTRA_CHUNK,
                        "there is a chunk " + chunk.getIndex() + " of " + chunk.getName() + " version "
                                + chunk.getVersion() + "; the manifest speaks of " + expected + " chunks of "
                                + manifest.getName() + " version " + manifest.getVersion());
            }
            byIndex.put(chunk.getIndex(), chunk);
        }
        return byIndex;
    }
}
