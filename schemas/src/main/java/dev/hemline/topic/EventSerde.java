package dev.hemline.topic;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
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
    private static final int HEADER_BYTES = 10;
    private static final byte MAGIC_0 = (byte) 0xC3;
    private static final byte MAGIC_1 = 0x01;

    static {
        TrustedClasses.include();
    }

    private final Writer<T> serializer;
    private final Reader<T> deserializer;

    private EventSerde(Writer<T> serializer, Reader<T> deserializer) {
        this.serializer = serializer;
        this.deserializer = deserializer;
    }

    /** @param olderWriters schemas that earlier releases wrote; events written with them are read too */
    public static <T extends SpecificRecord> EventSerde<T> of(Class<T> type, Schema... olderWriters) {
        Schema reader = SpecificData.get().getSchema(type);
        return new EventSerde<>(
                new Writer<>(reader),
                new Reader<>(
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

    private static final class Writer<T extends SpecificRecord> implements Serializer<T> {
        private final byte[] header;
        private final SpecificDatumWriter<T> writer;

        Writer(Schema schema) {
            header = ByteBuffer.allocate(HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .put(MAGIC_0)
                    .put(MAGIC_1)
                    .putLong(fingerprint(schema))
                    .array();
            writer = new SpecificDatumWriter<>(schema);
        }

        @Override
        public byte @Nullable [] serialize(String topic, @Nullable T event) {
            return event == null ? null : encode(event);
        }

        byte[] encode(T event) {
            var out = new ByteArrayOutputStream(1024);
            out.writeBytes(header);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            try {
                writer.write(event, encoder);
                encoder.flush();
            } catch (IOException e) {
                throw new UncheckedIOException("An in-memory stream cannot fail", e);
            }
            return out.toByteArray();
        }
    }

    private static final class Reader<T extends SpecificRecord> implements Deserializer<T> {
        private static final byte REGISTRY_MAGIC = 0x00;

        private final Schema schema;
        private final Map<Long, SpecificDatumReader<T>> readersByFingerprint;

        Reader(Schema schema, List<Schema> writers) {
            this.schema = schema;
            readersByFingerprint = writers.stream()
                    .collect(toUnmodifiableMap(
                            EventSerde::fingerprint, writer -> new SpecificDatumReader<>(writer, schema), (a, b) -> a));
        }

        @Override
        public @Nullable T deserialize(String topic, byte @Nullable [] bytes) {
            return bytes == null ? null : decode(bytes);
        }

        T decode(byte @Nullable [] bytes) {
            if (bytes == null) {
                throw refused("there are no bytes (a null value)");
            }
            SpecificDatumReader<T> reader = readerFor(bytes);
            int length = bytes.length - HEADER_BYTES;
            BinaryDecoder body = DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, length, null);
            T event;
            try {
                event = reader.read(null, body);
                if (body.isEnd()) {
                    return event;
                }
            } catch (IOException | RuntimeException e) {
                // Garbled bytes surface as many unchecked exceptions: index, negative size, number format, Avro's own.
                throw new UndecodableEventException(
                        "Not a readable " + schema.getName() + ": its body is cut short or garbled (" + cause(e) + ")",
                        e);
            }
            throw refused("bytes are left over after its last field");
        }

        private SpecificDatumReader<T> readerFor(byte[] bytes) {
            if (bytes.length > 0 && bytes[0] == REGISTRY_MAGIC) {
                throw refused(
                        "it has a schema registry's framing (magic 00), expected Avro single-object encoding (C3 01)");
            }
            if (bytes.length < HEADER_BYTES) {
                throw refused(bytes.length + " bytes are too few for the 10-byte single-object header");
            }
            if (bytes[0] != MAGIC_0 || bytes[1] != MAGIC_1) {
                throw refused(
                        "it starts with " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, 2) + ", expected c3 01");
            }
            long fingerprint =
                    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
            SpecificDatumReader<T> reader = readersByFingerprint.get(fingerprint);
            if (reader == null) {
                throw refused("unknown schema fingerprint " + HexFormat.of().toHexDigits(fingerprint) + ", expected "
                        + describe(schema));
            }
            return reader;
        }

        private UndecodableEventException refused(String why) {
            return new UndecodableEventException("Not a readable " + schema.getName() + ": " + why);
        }

        private static String cause(Exception e) {
            String type =
                    e instanceof AvroRuntimeException ? "Avro" : e.getClass().getSimpleName();
            return e.getMessage() == null ? type : type + ": " + e.getMessage();
        }
    }
}
