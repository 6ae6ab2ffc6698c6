package dev.hemline.topic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;

/** What a release to come may write: every schema of ours with a field more, before all others, so that no byte stands where ours do. */
public final class LaterRelease {
    /** The field that it has and we have not. */
    public static final String FIELD = "mood";

    private static final int HEADER_BYTES = 10;

    private LaterRelease() {}

    public static Schema schema(Schema ours) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field(FIELD, Schema.create(Schema.Type.STRING), "What we do not know.", "calm"));
        ours.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        return Schema.createRecord(ours.getName(), ours.getDoc(), ours.getNamespace(), false, fields);
    }

    /** Those that it would put on topic {@code schemas}, of these of ours. */
    public static WriterSchemas schemas(Schema... ours) {
        Map<Long, WritersSchema> byFingerprint = Stream.of(ours)
                .map(schema -> WritersSchema.parse(schema(schema).toString()))
                .collect(Collectors.toMap(WritersSchema::fingerprint, Function.identity()));
        return fingerprint -> Optional.ofNullable(byFingerprint.get(fingerprint));
    }

    /** The same event as it would write it. */
    public static byte[] encode(SpecificRecord event) {
        return encode(event, schema(event.getSchema()));
    }

    /** The same event as a release would write it that has another schema. */
    public static byte[] encode(SpecificRecord event, Schema schema) {
        @SuppressWarnings("unchecked")
        byte[] ours = ((EventSerde<SpecificRecord>) EventSerde.of(event.getClass())).encode(event);
        var out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            GenericRecord other = new GenericDatumReader<GenericRecord>(event.getSchema(), schema, new GenericData())
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(ours, HEADER_BYTES, ours.length - HEADER_BYTES, null));
            if (other.hasField(FIELD)) {
                other.put(FIELD, "wild");
            }
            new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(other, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return out.toByteArray();
    }
}
