package dev.hemline.topic;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of topic {@code image-events}, in whatever format they came; the first bytes tell which: Avro in single-object
 * encoding or with a registered schema's id, JSON, or a bare picture file. Attributes of CloudEvents, in Kafka's binary mode, win
 * over what is inside. Thread-safe.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka protocol
 *     binding for CloudEvents</a>
 */
public class ImageEventReader {
    private final EventSerde<ImageEvent> avro;
    private final RegisteredSchemas registered;

    /** One that asks no schema registry, and knows nothing of other releases. */
    public ImageEventReader() {
        this(RegisteredSchemas.none(), WriterSchemas.NONE);
    }

    /**
     * Asks when an event needs it.
     *
     * @param registered for events that travel with a schema's id
     * @param writers for those that travel with a fingerprint which is not this release's
     */
    public ImageEventReader(RegisteredSchemas registered, WriterSchemas writers) {
        this.registered = registered;
        this.avro = EventSerde.of(ImageEvent.class).reading(writers);
    }

    /**
     * The event that a record holds.
     *
     * @throws UndecodableEventException if it holds none; the message tells its sender what to change
     * @throws NotYetReadableException if that cannot be told yet
     */
    public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
        return RecordContext.withAttributes(record.headers(), inside(record));
    }

    private ImageEvent inside(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null || EventSerde.mayBeSingleObject(value)) {
            return avro.decode(value);
        }
        FileSignature file = FileSignature.of(value).orElse(null);
        if (file == FileSignature.JSON) {
            return JsonImageEvent.read(value, new RecordContext(record));
        }
        // An icon begins as the framing of a schema registry does.
        if (file != null && file != FileSignature.ICO) {
            return bare(file.format().orElse(ImageFormat.UNKNOWN), value, new RecordContext(record));
        }
        return RegistryFraming.isOf(value) ? registered.decode(avro, value) : avro.decode(value);
    }

    /** Of a format that is not read too: the decoder knows what to say of it. */
    private static ImageEvent bare(ImageFormat format, byte[] file, RecordContext context) {
        return ImageEvent.newBuilder()
                .setId(context.id())
                .setSource(context.source())
                .setCapturedAt(context.time())
                .setFormat(format)
                .setWidth(0)
                .setHeight(0)
                .setContent(ByteBuffer.wrap(file))
                .build();
    }
}
