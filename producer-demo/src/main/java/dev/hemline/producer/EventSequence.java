package dev.hemline.producer;

import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.topic.EventSerde;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one event after the other. With one seed it is the same pictures, and the same events are bad, every time.
 *
 * <p>Their ids, {@code source-20260101T120000Z-3fa9c17b-000000000042}, are unique, and within a run their order as text is
 * the order of sending. A run with a name has it in the place of time and chance.
 */
final class EventSequence {
    static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);

    private static final DateTimeFormatter RUN_START =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int UNIQUE_DIGITS = 8;

    private final ProducerSettings settings;
    private final LabelledImages images;
    /** By index; each is encoded when it is first asked for and kept, for the sequence comes round to it again. */
    private final Map<Integer, byte[]> contents = new HashMap<>();

    /** Shuffled anew each time all were drawn. */
    private final List<Integer> order;

    private final Random shuffling;
    private final String idPrefix;
    private final Clock clock;
    /** Apart from the draw of images, so that a bad ratio does not change their order. */
    private final Random mishaps;

    private long made;
    private int spoilt;

    /**
     * One record for the topic of image events.
     *
     * @param id of the event, also the record's key
     * @param label the true class of the picture
     * @param value the record's; bad events may have none
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    record OutgoingEvent(EventKind kind, String id, int label, byte @Nullable [] value) {}

    EventSequence(ProducerSettings settings, LabelledImages images, Clock clock) {
        if (images.size() < 1) {
            throw new IllegalArgumentException("there are no images to draw from");
        }
        this.settings = settings;
        this.images = images;
        this.order = new ArrayList<>(IntStream.range(0, images.size()).boxed().toList());
        this.shuffling = new Random(settings.seed());
        this.idPrefix = settings.source() + "-" + settings.run().orElseGet(() -> newRun(clock.instant())) + "-";
        this.clock = clock;
        this.mishaps = new Random(~settings.seed());
    }

    /** No other run has this name, not even one that starts within the same second. */
    private static String newRun(Instant start) {
        return RUN_START.format(start) + "-" + UUID.randomUUID().toString().substring(0, UNIQUE_DIGITS);
    }

    /** The next event, captured now. */
    OutgoingEvent next() {
        int index = draw();
        ImageEvent event = event(index);
        boolean bad = mishaps.nextDouble() < settings.badRatio();
        return new OutgoingEvent(
                bad ? EventKind.BAD : EventKind.IMAGE,
                event.getId(),
                images.label(index),
                bad ? nextMalformation().spoil(event, images.image(index), mishaps) : EVENTS.encode(event));
    }

    /** Goes through all images in a shuffled order, and again in another order, for ever. */
    int draw() {
        int place = (int) (made++ % order.size());
        if (place == 0) {
            Collections.shuffle(order, shuffling);
        }
        return order.get(place);
    }

    private ImageEvent event(int index) {
        return ImageEvent.newBuilder()
                .setId(String.format(Locale.ROOT, "%s%012d", idPrefix, made))
                .setSource(settings.source())
                .setCapturedAt(Instant.ofEpochMilli(clock.millis()))
                .setFormat(settings.encoding().format())
                .setWidth(images.width())
                .setHeight(images.height())
                .setContent(ByteBuffer.wrap(content(index)))
                .setLabel(settings.labels() instanceof LabelDelivery.Inline ? images.label(index) : null)
                .build();
    }

    /** The encoded image; the array itself, which nobody may change. */
    byte[] content(int index) {
        return contents.computeIfAbsent(
                index, absent -> settings.encoding().encode(images.image(absent), images.width(), images.height()));
    }

    private Malformation nextMalformation() {
        Malformation[] kinds = Malformation.values();
        return kinds[Math.floorMod(spoilt++, kinds.length)];
    }
}
