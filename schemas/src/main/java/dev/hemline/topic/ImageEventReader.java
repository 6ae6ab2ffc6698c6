package dev.hemline.topic;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
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
    private static final int FORMAT =
            ImageEvent.getClassSchema().getField("format").pos();

    private final EventSerde<ImageEvent> events;

    /** One that asks no schema registry, and knows nothing of other releases. */
    public ImageEventReader() {
        this(EventSerde.inAnyFormat(ImageEvent.class, RecordContext::ofImage));
    }

    /** One that reads what another one does. */
    protected ImageEventReader(ImageEventReader other) {
        this(other.events);
    }

    private ImageEventReader(EventSerde<ImageEvent> events) {
        this.events = events;
    }

    /** One that reads, too, what travels with the id of one of these schemas. */
    public ImageEventReader reading(RegisteredSchemas registered) {
        return new ImageEventReader(events.reading(registered));
    }

    /** One that reads, too, what travels with a fingerprint which is not this release's. */
    public ImageEventReader reading(WriterSchemas writers) {
        return new ImageEventReader(events.reading(writers));
    }

    /**
     * The event that a record holds.
     *
     * @throws UndecodableEventException if it holds none; the message tells its sender what to change
     * @throws NotYetReadableException if that cannot be told yet
     */
    public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
        return event(record);
    }

    private ImageEvent event(ConsumerRecord<byte[], byte[]> record) {
        return RecordContext.withAttributes(record.headers(), inside(record));
    }

    /**
     * The id and the source of the event that a record holds, wherever its picture is.
     *
     * @throws UndecodableEventException as above
     * @throws NotYetReadableException as above
     */
    public final EventNames names(ConsumerRecord<byte[], byte[]> record) {
        ImageEvent event = event(record);
        return new EventNames(Optional.of(event.getId()).filter(EventChecks::isId), event.getSource());
    }

    /** Begins to fetch what a record will need that waits behind one that is not readable yet; nothing here. */
    public void ahead(ConsumerRecord<byte[], byte[]> record) {}

    /** What was fetched for a record is not needed any more. */
    public void done(ConsumerRecord<byte[], byte[]> record) {}

    /** Nor is what was fetched for a partition's. */
    public void forget(int partition) {}

    private ImageEvent inside(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        var context = new RecordContext(record);
        if (context.isReference()) {
            return bare(ImageFormat.UNKNOWN, new byte[0], context);
        }
        if (value == null || SingleObjectFraming.mayBe(value)) {
            return events.decode(value);
        }
        FileSignature file = FileSignature.of(value).orElse(null);
        if (file == FileSignature.JSON) {
            return json(record, context);
        }
        // An icon begins as the framing of a schema registry does.
        if (file != null && file != FileSignature.ICO) {
            return bare(file.format().orElse(ImageFormat.UNKNOWN), value, context);
        }
        return events.decode(value);
    }

    @SuppressWarnings("ReferenceEquality") // an empty picture is one, and its decoder says what is wrong with it
    private ImageEvent json(ConsumerRecord<byte[], byte[]> record, RecordContext context) {
        if (context.isStructured()) {
            throw JsonEvent.refused(
                    "it is a CloudEvent in structured mode, which is not read; send it in binary mode: its attributes as"
                            + " headers ce_id, ce_source and ce_time, the picture as the value",
                    null);
        }
        ImageEvent event = events.read(record);
        if (event.getContent() == RecordContext.NO_CONTENT && event.getContentUrl() == null && !context.saysWhere()) {
            throw JsonEvent.refused(
                    "it has no content; send the picture's bytes there, as base64, or its address as contentUrl", null);
        }
        if (event.getFormat() == ImageFormat.UNKNOWN) {
            FileSignature.of(event.getContent())
                    .flatMap(FileSignature::format)
                    .ifPresent(format -> event.put(FORMAT, format));
        }
        return event;
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
