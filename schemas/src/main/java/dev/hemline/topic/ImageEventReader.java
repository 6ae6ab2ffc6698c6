package dev.hemline.topic;

import dev.hemline.event.ImageEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of topic {@code image-events}, in whatever format they came. Thread-safe. */
public class ImageEventReader {
    private static final EventSerde<ImageEvent> AVRO = EventSerde.of(ImageEvent.class);

    private final RegisteredSchemas registered;

    /** One that asks no schema registry. */
    public ImageEventReader() {
        this(RegisteredSchemas.none());
    }

    /** @param registered for events that travel with a schema's id */
    public ImageEventReader(RegisteredSchemas registered) {
        this.registered = registered;
    }

    /**
     * The event that a record holds.
     *
     * @throws UndecodableEventException if it holds none; the message tells its sender what to change
     * @throws NotYetReadableException if that cannot be told yet
     */
    public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        return RegistryFraming.isOf(value) ? registered.decode(AVRO, value) : AVRO.decode(value);
    }
}
