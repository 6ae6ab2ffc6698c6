package dev.hemline.classifier.lifecycle;

import java.nio.ByteBuffer;

/**
 * Where a chunk stands on topic {@code models}. Archives are large and most versions are never loaded, so this is all that
 * is kept of a chunk.
 */
public record ChunkPlace(int partition, long offset) {
    private static final int BYTES = Integer.BYTES + Long.BYTES;

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
