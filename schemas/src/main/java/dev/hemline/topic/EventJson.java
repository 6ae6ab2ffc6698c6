package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Events of one type as text in Avro's JSON encoding, for files that people look into. Unlike {@link EventSerde} it does not
 * read what other releases wrote with another schema.
 */
public final class EventJson<T extends SpecificRecord> {
    static {
        TrustedClasses.include();
    }

    private final Schema schema;

    private EventJson(Schema schema) {
        this.schema = schema;
    }

    public static <T extends SpecificRecord> EventJson<T> of(Class<T> type) {
        return new EventJson<>(SpecificData.get().getSchema(type));
    }

    /** The event as UTF-8 text over several lines. */
    public byte[] encode(T event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JsonEncoder json = EncoderFactory.get().jsonEncoder(schema, bytes, true);
            new SpecificDatumWriter<T>(schema).write(event, json);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("arrays take what they are given", e);
        }
        return bytes.toByteArray();
    }

    /** @throws UndecodableEventException if these bytes are no such event */
    public T decode(byte[] bytes) {
        try {
            return new SpecificDatumReader<T>(schema)
                    .read(null, DecoderFactory.get().jsonDecoder(schema, new String(bytes, UTF_8)));
        } catch (IOException | AvroRuntimeException e) {
            throw new UndecodableEventException("Not a readable " + schema.getName() + ": " + e.getMessage(), e);
        }
    }
}
