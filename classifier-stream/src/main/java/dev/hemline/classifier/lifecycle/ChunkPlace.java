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

    /** Where it stood first, of what {@link #after} or {@link #toBytes} wrote. */
    static ChunkPlace first(byte[] bytes) {
        return at(bytes, 0);
    }

    /** Where it stands now, of the same. */
    static ChunkPlace newest(byte[] bytes) {
        return at(bytes, bytes.length - BYTES);
    }

    private static ChunkPlace at(byte[] bytes, int index) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ChunkPlace(buffer.getInt(index), buffer.getLong(index + Integer.BYTES));
    }

    /** Twice twelve bytes: where it stood first, which is kept, and this place. */
    public byte[] after(byte[] before) {
        return ByteBuffer.allocate(2 * BYTES)
                .put(before, 0, BYTES)
                .put(toBytes())
                .array();
    }

    /** Twelve bytes. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putInt(partition).putLong(offset).array();
    }
}
