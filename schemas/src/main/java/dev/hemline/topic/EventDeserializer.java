package dev.hemline.topic;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

final class EventDeserializer<T extends SpecificRecord> implements Deserializer<T> {
    private static final byte REGISTRY_MAGIC = 0x00;

    private final Schema schema;
    private final Map<Long, SpecificDatumReader<T>> readersByFingerprint;

    EventDeserializer(Schema schema, List<Schema> writers) {
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
        int length = bytes.length - EventSerde.HEADER_BYTES;
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(bytes, EventSerde.HEADER_BYTES, length, null);
        T event;
        try {
            event = reader.read(null, body);
            if (body.isEnd()) {
                return event;
            }
        } catch (IOException | RuntimeException e) {
            // Garbled bytes surface as many unchecked exceptions: index, negative size, number format, Avro's own.
            throw new UndecodableEventException(
                    "Not a readable " + schema.getName() + ": its body is cut short or garbled (" + cause(e) + ")", e);
        }
        throw refused("bytes are left over after its last field");
    }

    private SpecificDatumReader<T> readerFor(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == REGISTRY_MAGIC) {
            throw refused(
                    "it has a schema registry's framing (magic 00), expected Avro single-object encoding (C3 01)");
        }
        if (bytes.length < EventSerde.HEADER_BYTES) {
            throw refused(bytes.length + " bytes are too few for the 10-byte single-object header");
        }
        if (bytes[0] != EventSerde.MAGIC_0 || bytes[1] != EventSerde.MAGIC_1) {
            throw refused("it starts with " + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, 2) + ", expected c3 01");
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        SpecificDatumReader<T> reader = readersByFingerprint.get(fingerprint);
        if (reader == null) {
            throw refused("unknown schema fingerprint " + HexFormat.of().toHexDigits(fingerprint) + ", expected "
                    + EventSerde.describe(schema));
        }
        return reader;
    }

    private UndecodableEventException refused(String why) {
        return new UndecodableEventException("Not a readable " + schema.getName() + ": " + why);
    }

    private static String cause(Exception e) {
        String type = e instanceof AvroRuntimeException ? "Avro" : e.getClass().getSimpleName();
        return e.getMessage() == null ? type : type + ": " + e.getMessage();
    }
}
