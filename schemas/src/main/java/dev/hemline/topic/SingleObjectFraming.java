package dev.hemline.topic;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** What an event in Avro's single-object encoding begins with: {@code C3 01}, then its schema's fingerprint in 8 little-endian bytes. */
final class SingleObjectFraming {
    static final int HEADER_BYTES = 10;
    private static final byte MAGIC_0 = (byte) 0xC3;
    private static final byte MAGIC_1 = 0x01;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private SingleObjectFraming() {}

    static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC_0)
                .put(MAGIC_1)
                .putLong(fingerprint(schema))
                .array();
    }

    /** Whether bytes begin as such an event does. */
    static boolean mayBe(byte[] bytes) {
        return bytes.length == 0 || bytes[0] == MAGIC_0;
    }

    /** Why bytes do not begin with such a header, as the end of a sentence. */
    static Optional<String> fault(byte[] bytes) {
        if (RegistryFraming.isOf(bytes)) {
            return Optional.of(
                    "it has a schema registry's framing (magic 00), expected Avro single-object encoding (C3 01)");
        }
        if (bytes.length < HEADER_BYTES) {
            return Optional.of(bytes.length + " bytes are too few for the 10-byte single-object header");
        }
        return bytes[0] == MAGIC_0 && bytes[1] == MAGIC_1
                ? Optional.empty()
                : Optional.of("it starts with " + HEX.formatHex(bytes, 0, 2) + ", expected c3 01");
    }

    /** The header as it is on the wire, so that a sender finds it in what was sent. */
    static String text(byte[] bytes) {
        return HEX.formatHex(bytes, 0, HEADER_BYTES);
    }

    /** The 8 bytes that name the writer's schema, as one number. */
    static long fingerprint(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** Those of a schema. */
    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }
}
