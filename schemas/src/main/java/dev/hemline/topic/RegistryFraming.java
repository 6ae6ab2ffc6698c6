package dev.hemline.topic;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How events travel whose writer keeps its schema in a registry: a zero, the schema's id in 4 big-endian bytes, then the Avro
 * binary body.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent's wire format</a>
 */
final class RegistryFraming {
    static final int HEADER_BYTES = 5;

    private static final byte REGISTRY_MAGIC = 0x00;

    private RegistryFraming() {}

    static boolean isOf(byte @Nullable [] bytes) {
        return bytes != null && bytes.length > 0 && bytes[0] == REGISTRY_MAGIC;
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(REGISTRY_MAGIC)
                .putInt(schemaId)
                .array();
    }

    /** @throws UndecodableEventException if there is none */
    static int schemaId(byte[] bytes) {
        if (bytes.length < HEADER_BYTES) {
            throw new UndecodableEventException(
                    bytes.length + " bytes are too few for a schema registry's framing, magic 00 and a 4-byte id");
        }
        return ByteBuffer.wrap(bytes).getInt(1);
    }
}
