package dev.hemline.topic;

import java.util.HexFormat;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro events in single-object encoding: two magic bytes {@code C3 01}, the schema's CRC-64-AVRO fingerprint in 8
 * little-endian bytes, then the Avro binary body. No registry is needed to read one.
 *
 * <p>Thread-safe. Bytes that are no such event are refused with an {@link UndecodableEventException}; a null value (a
 * tombstone) passes through as null.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro specification</a>
 */
public final class EventSerde<T extends SpecificRecord> implements Serde<T> {
    static final int HEADER_BYTES = 10;
    static final byte MAGIC_0 = (byte) 0xC3;
    static final byte MAGIC_1 = 0x01;

    static {
        TrustedClasses.include();
    }

    private final EventSerializer<T> serializer;
    private final EventDeserializer<T> deserializer;

    private EventSerde(EventSerializer<T> serializer, EventDeserializer<T> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /** @param olderWriters schemas that earlier releases wrote; events written with them are read too */
    public static <T extends SpecificRecord> EventSerde<T> of(Class<T> type, Schema... olderWriters) {
        Schema reader = SpecificData.get().getSchema(type);
        return new EventSerde<>(
                new EventSerializer<>(reader),
                new EventDeserializer<>(
                        reader,
                        Stream.concat(Stream.of(reader), Stream.of(olderWriters))
                                .toList()));
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }

    /** The event's bytes as they travel. */
    public byte[] encode(T event) {
        return serializer.encode(event);
    }

    /**
     * The event that travelled as {@code bytes}.
     *
     * @throws UndecodableEventException naming what is wrong and which schema was expected
     */
    public T decode(byte @Nullable [] bytes) {
        return deserializer.decode(bytes);
    }

    /** The 8 bytes that name a schema on the wire, as one little-endian number. */
    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    static String describe(Schema schema) {
        return schema.getFullName() + " (fingerprint " + HexFormat.of().toHexDigits(fingerprint(schema)) + ")";
    }
}
