package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Events of a type in Avro's JSON encoding, as UTF-8 text over several lines, for files that people look into. Thread-safe. */
public final class AvroJson<T extends SpecificRecord> {
    static {
        EventSerde.trustOurEvents();
    }

    private final Schema schema;

    public AvroJson(Class<T> type) {
        schema = SpecificData.get().getSchema(type);
    }

    public byte[] write(T event) {
        var out = new ByteArrayOutputStream();
        try {
            JsonEncoder encoder = EncoderFactory.get().jsonEncoder(schema, out, true);
            new SpecificDatumWriter<T>(schema).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * What {@link #write} wrote, in this release or in one that wrote by the former schema.
     *
     * @throws UndecodableEventException if this is no such event
     */
    public T read(byte[] text) {
        try {
            return read(text, schema);
        } catch (IOException | AvroRuntimeException e) {
            return EventSerde.former(schema)
                    .flatMap(former -> readFormer(text, former.schema()))
                    .orElseThrow(() -> new UndecodableEventException(
                            "Not a readable " + schema.getName() + ": " + e.getMessage(), e));
        }
    }

    private Optional<T> readFormer(byte[] text, Schema former) {
        try {
            return Optional.of(read(text, former));
        } catch (IOException | AvroRuntimeException e) {
            return Optional.empty();
        }
    }

    private T read(byte[] text, Schema writers) throws IOException {
        return new SpecificDatumReader<T>(writers, schema)
                .read(null, DecoderFactory.get().jsonDecoder(writers, new String(text, UTF_8)));
    }
}
