package dev.hemline.image;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Image events for tests. */
public final class ImageEvents {
    private ImageEvents() {}

    public static ImageEvent grey(String id, int width, int height, byte... pixels) {
        return of(id, ImageFormat.GRAY8, width, height, pixels);
    }

    public static ImageEvent of(String id, ImageFormat format, int width, int height, byte... content) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(Instant.ofEpochMilli(1_000))
                .setFormat(format)
                .setWidth(width)
                .setHeight(height)
                .setContent(ByteBuffer.wrap(content))
                .build();
    }

    /** As it travels; a 1 x 1 picture, which fake models take. */
    public static byte[] onePixel(String id, int grey) {
        return bytes(grey(id, 1, 1, (byte) grey));
    }

    /** As it was polled; a null value is a tombstone. */
    public static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
        return new ConsumerRecord<>(Topics.IMAGE_EVENTS.name(), 0, 0, null, value);
    }

    public static byte[] bytes(ImageEvent event) {
        return Topics.IMAGE_EVENTS.valueSerde().serializer().serialize(Topics.IMAGE_EVENTS.name(), event);
    }
}
