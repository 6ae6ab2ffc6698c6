package dev.hemline.chaos.check;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.testbed.audit.EventIdentity;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which picture each event holds, by a judgement of our own: good is what is grey, raw, and as large as it says. The producer
 * draws from one dataset, so that pictures are kept once and not per event.
 */
final class SentPictures {
    private static final int SIDE = 28;

    private final Map<ByteBuffer, Optional<ByteBuffer>> pictures = new HashMap<>();
    private final Map<String, Optional<ByteBuffer>> byEvent = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        Optional<ImageEvent> event = EventIdentity.event(record);
        byEvent.put(
                EventIdentity.ofEvent(record, event),
                event.filter(SentPictures::isGood)
                        .flatMap(good -> pictures.computeIfAbsent(good.getContent(), Optional::of)));
    }

    private static boolean isGood(ImageEvent event) {
        return event.getFormat() == ImageFormat.GRAY8
                && event.getWidth() == SIDE
                && event.getHeight() == SIDE
                && event.getContent().remaining() == SIDE * SIDE;
    }

    boolean knows(String event) {
        return byEvent.containsKey(event);
    }

    /** A good event's picture, 28 × 28 bytes, not to be moved in; empty where the event is bad or unknown. */
    Optional<ByteBuffer> picture(String event) {
        return byEvent.getOrDefault(event, Optional.empty());
    }
}
