package dev.hemline.topic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

final class EventSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final byte[] header;
    private final SpecificDatumWriter<T> writer;

    EventSerializer(Schema schema) {
        header = ByteBuffer.allocate(EventSerde.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(EventSerde.MAGIC_0)
                .put(EventSerde.MAGIC_1)
                .putLong(EventSerde.fingerprint(schema))
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
