package dev.hemline.topic;

import dev.hemline.event.ImageEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of topic {@code image-events}, in whatever format they came. Thread-safe. */
public class ImageEventReader {
    private static final EventSerde<ImageEvent> AVRO = EventSerde.of(ImageEvent.class);

    /**
     * The event that a record holds.
     *
     * @throws UndecodableEventException if it holds none; the message tells its sender what to change
     * @throws NotYetReadableException if that cannot be told yet
     */
    public ImageEvent read(ConsumerRecord<byte[], byte[]> record) {
        return AVRO.decode(record.value());
    }
}
