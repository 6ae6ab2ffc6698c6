package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.hemline.event.ImageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
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
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    static {
        // Avro loads only classes that it was told to trust; ours are added to whatever the program trusts already.
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        String ours = ImageEvent.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                before, type -> type.getPackageName().equals(ours)));
    }

    private final Schema schema;
    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final Map<Long, SpecificDatumReader<T>> readersByFingerprint;

    private EventSerde(Schema schema, Stream<Schema> writers) {
        this.schema = schema;
        header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC_0)
                .put(MAGIC_1)
                .putLong(fingerprint(schema))
                .array();
        writer = new SpecificDatumWriter<>(schema);
        readersByFingerprint = writers.collect(toUnmodifiableMap(
                EventSerde::fingerprint, written -> new SpecificDatumReader<>(written, schema), (a, b) -> a));
    }

    /** @param olderWriters schemas that earlier releases wrote; events written with them are read too */
    public static <T extends SpecificRecord> EventSerde<T> of(Class<T> type, Schema... olderWriters) {
        Schema schema = SpecificData.get().getSchema(type);
        return new EventSerde<>(schema, Stream.concat(Stream.of(schema), Stream.of(olderWriters)));
    }

    /**
     * The ten bytes that every event of this type begins with: {@code C3 01}, then its schema's fingerprint as it is on the
     * wire, least significant byte first.
     */
    public byte[] header() {
        return header.clone();
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, event) -> event == null ? null : encode(event);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    /** The event's bytes as they travel. */
    public byte[] encode(T event) {
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

    /**
     * The event that travelled as {@code bytes}.
     *
     * @throws UndecodableEventException naming what is wrong and which schema was expected; a
     *     {@link TooLargeEventException} if a {@link BoundedConsumer} kept it away
     */
    public T decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw refused("there are no bytes (a null value)");
        }
        TooLargeRecord.of(bytes).ifPresent(record -> {
            throw new TooLargeEventException("Not a readable " + schema.getName() + ": " + record);
        });
        return decode(readerFor(bytes), bytes, HEADER_BYTES);
    }

    /** The event whose body, of the schema that {@code reader} knows, begins after so many bytes. */
    T decode(SpecificDatumReader<T> reader, byte[] bytes, int headerBytes) {
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(bytes, headerBytes, bytes.length - headerBytes, null);
        try {
            T event = reader.read(null, body);
            if (body.isEnd()) {
                return event;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Garbled bytes surface as many unchecked exceptions: index, negative size, number format, Avro's own. And
            // another's schema may nest without end.
            throw new UndecodableEventException(
                    "Not a readable " + schema.getName() + ": its body is cut short or garbled (" + cause(e) + ")", e);
        }
        throw refused("bytes are left over after its last field");
    }

    Schema schema() {
        return schema;
    }

    /** Whether bytes begin as such an event does. That they are one, only {@link #decode} can tell. */
    static boolean mayBeSingleObject(byte[] bytes) {
        return bytes.length == 0 || bytes[0] == MAGIC_0;
    }

    /** The event in Avro's JSON encoding, as UTF-8 text over several lines, for files that people look into. */
    public byte[] toJson(T event) {
        var out = new ByteArrayOutputStream();
        try {
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out, true);
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * What {@link #toJson} wrote; what other releases wrote with another schema is not read.
     *
     * @throws UndecodableEventException if this is no such event
     */
    public T fromJson(byte[] text) {
        try {
            return new SpecificDatumReader<T>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, new String(text, UTF_8)));
        } catch (IOException | AvroRuntimeException e) {
            throw new UndecodableEventException("Not a readable " + schema.getName() + ": " + e.getMessage(), e);
        }
    }

    private SpecificDatumReader<T> readerFor(byte[] bytes) {
        if (RegistryFraming.isOf(bytes)) {
            throw refused(
                    "it has a schema registry's framing (magic 00), expected Avro single-object encoding (C3 01)");
        }
        if (bytes.length < HEADER_BYTES) {
            throw refused(bytes.length + " bytes are too few for the 10-byte single-object header");
        }
        if (bytes[0] != MAGIC_0 || bytes[1] != MAGIC_1) {
            throw refused("it starts with " + HEX.formatHex(bytes, 0, 2) + ", expected c3 01");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        SpecificDatumReader<T> reader = readersByFingerprint.get(fingerprint);
        if (reader == null) {
            // As they are on the wire, so that a sender finds them in what was sent.
            throw refused("unknown schema fingerprint, it starts with " + HEX.formatHex(bytes, 0, HEADER_BYTES)
                    + ", expected " + HEX.formatHex(header) + " (" + schema.getFullName() + ")");
        }
        return reader;
    }

    private UndecodableEventException refused(String why) {
        return new UndecodableEventException("Not a readable " + schema.getName() + ": " + why);
    }

    private static String cause(Throwable e) {
        String type = e instanceof AvroRuntimeException ? "Avro" : e.getClass().getSimpleName();
        return e.getMessage() == null ? type : type + ": " + e.getMessage();
    }

    /** The 8 bytes that name a schema on the wire, as one little-endian number. */
    private static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }
}
