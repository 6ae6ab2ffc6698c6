package dev.hemline.chaos.check;

import dev.hemline.chaos.poison.Poison;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which picture each event holds, by a judgement of our own: good is what is grey, raw, and as large as it says. The producer
 * draws from one dataset, so that pictures are kept once and not per event.
 */
final class SentPictures {
    private static final int SIDE = 28;
    private static final int LONG = 100;

    private final Map<ByteBuffer, Optional<ByteBuffer>> pictures = new HashMap<>();
    private final Map<String, Optional<ByteBuffer>> byEvent = new HashMap<>();
    private final Set<String> anyOutcome = new HashSet<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        Optional<ImageEvent> event = EventIdentity.event(record, EventFormats.DEFAULT.images());
        String name = shortened(EventIdentity.ofEvent(record, event));
        if (record.headers().lastHeader(Poison.ANY_OUTCOME) != null) {
            anyOutcome.add(name);
            return;
        }
        byEvent.put(
                name,
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
        return byEvent.containsKey(shortened(event));
    }

    /** Whether it may as well be answered as refused. */
    boolean mayHaveAnyOutcome(String event) {
        return anyOutcome.contains(shortened(event));
    }

    /** What a storm made long is told apart by its beginning. */
    private static String shortened(String name) {
        return name.length() <= LONG ? name : name.substring(0, LONG);
    }

    /** A good event's picture, 28 × 28 bytes, not to be moved in; empty where the event is bad or unknown. */
    Optional<ByteBuffer> picture(String event) {
        return byEvent.getOrDefault(shortened(event), Optional.empty());
    }
}
