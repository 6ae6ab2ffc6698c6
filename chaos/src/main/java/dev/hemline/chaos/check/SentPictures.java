package dev.hemline.chaos.check;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.testbed.audit.EventIdentity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which picture each event holds, by a judgement of our own: good is what is grey, raw, and as large as it says. The producer
 * draws from one dataset, so that pictures are kept once and not per event.
 */
final class SentPictures {
    private static final int BAD = -1;
    private static final int SIDE = 28;

    private final Map<ByteBuffer, Integer> places = new HashMap<>();
    private final List<ByteBuffer> pictures = new ArrayList<>();
    private final Map<String, Integer> byEvent = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> record) {
        Optional<ImageEvent> event = EventIdentity.event(record);
        byEvent.put(
                EventIdentity.ofEvent(record, event),
                event.filter(SentPictures::isGood).map(this::place).orElse(BAD));
    }

    private static boolean isGood(ImageEvent event) {
        return event.getFormat() == ImageFormat.GRAY8
                && event.getWidth() == SIDE
                && event.getHeight() == SIDE
                && event.getContent().remaining() == SIDE * SIDE;
    }

    private int place(ImageEvent event) {
        return places.computeIfAbsent(event.getContent(), first -> {
            pictures.add(first);
            return pictures.size() - 1;
        });
    }

    boolean knows(String event) {
        return byEvent.containsKey(event);
    }

    /** The number of a good event's picture; empty where the event is bad or unknown. */
    OptionalInt picture(String event) {
        int place = byEvent.getOrDefault(event, BAD);
        return place == BAD ? OptionalInt.empty() : OptionalInt.of(place);
    }

    /** The picture of that number, 28 × 28 bytes. */
    ByteBuffer pixels(int picture) {
        return pictures.get(picture).duplicate();
    }
}
