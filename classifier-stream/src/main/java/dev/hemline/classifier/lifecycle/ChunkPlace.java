package dev.hemline.classifier.lifecycle;

import dev.hemline.topic.ModelKey;
import java.nio.ByteBuffer;

/**
 * Where a chunk stands on topic {@code models}. Archives are large and most versions are never loaded, so this is all that
 * is kept of a chunk.
 */
public record ChunkPlace(int partition, long offset) {
    private static final int BYTES = Integer.BYTES + Long.BYTES;

    /** Whether a record under this key is a chunk; what only begins like one is kept as it came, and is no place. */
    public static boolean isChunk(String key) {
        try {
            return ModelKey.parse(key) instanceof ModelKey.Chunk;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As {@link #toBytes} wrote it. */
    static ChunkPlace of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ChunkPlace(buffer.getInt(), buffer.getLong());
    }

    /** Twelve bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putInt(partition).putLong(offset).array();
    }
}
