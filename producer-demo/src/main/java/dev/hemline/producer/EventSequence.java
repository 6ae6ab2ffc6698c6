package dev.hemline.producer;

import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.topic.EventSerde;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
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
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one event after the other. With one seed it is the same pictures, the same events are bad, and what changes a picture
 * by chance changes it likewise, every time.
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

    /** Of the first class, by index. */
    private final int[] firstClass;

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
        this.firstClass = IntStream.range(0, images.size())
                .filter(index -> images.label(index) == 0)
                .toArray();
        this.shuffling = new Random(settings.seed());
        this.idPrefix = settings.source() + "-" + settings.run().orElseGet(() -> newRun(clock.instant())) + "-";
        this.clock = clock;
        this.mishaps = new Random(~settings.seed());
    }

    /** No other run has this name, not even one that starts within the same second. */
    private static String newRun(Instant start) {
        return RUN_START.format(start) + "-" + UUID.randomUUID().toString().substring(0, UNIQUE_DIGITS);
    }

    /**
     * The next event, captured now.
     *
     * @param elapsed since sending began, for what drifts
     */
    OutgoingEvent next(Duration elapsed) {
        int drawn = draw();
        // Its own for each event, so that no drift changes what chance holds for others.
        RandomGenerator chance = new SplittableRandom(Long.rotateLeft(settings.seed(), Integer.SIZE) + made);
        int index = mixed(drawn, elapsed, chance);
        boolean bad = mishaps.nextDouble() < settings.badRatio();
        // Bad ones do not drift, so that it is the same ones whatever drifts.
        ImageEvent event = event(index, bad ? content(index) : content(index, elapsed, chance));
        return new OutgoingEvent(
                bad ? EventKind.BAD : EventKind.IMAGE,
                event.getId(),
                images.label(index),
                bad ? nextMalformation().spoil(event, images.image(index), mishaps) : EVENTS.encode(event));
    }

    /** How many classes there are. */
    int classes() {
        return images.classNames().size();
    }

    /** Goes through all images in a shuffled order, and again in another order, for ever. */
    int draw() {
        int place = (int) (made++ % order.size());
        if (place == 0) {
            Collections.shuffle(order, shuffling);
        }
        return order.get(place);
    }

    /** Takes one of the first class instead as often as its growing frequency needs. */
    private int mixed(int index, Duration elapsed, RandomGenerator chance) {
        double times = 1;
        for (Drift drift : settings.drifts()) {
            if (drift.kind() == Drift.Kind.MIX) {
                times *= drift.strengthAt(elapsed);
            }
        }
        double share = (double) firstClass.length / images.size();
        return chance.nextDouble() < 1 - 1 / (1 + (times - 1) * share)
                ? firstClass[chance.nextInt(firstClass.length)]
                : index;
    }

    private ImageEvent event(int index, byte[] content) {
        return ImageEvent.newBuilder()
                .setId(String.format(Locale.ROOT, "%s%012d", idPrefix, made))
                .setSource(settings.source())
                .setCapturedAt(Instant.ofEpochMilli(clock.millis()))
                .setFormat(settings.encoding().format())
                .setWidth(images.width())
                .setHeight(images.height())
                .setContent(ByteBuffer.wrap(content))
                .setLabel(settings.labels() instanceof LabelDelivery.Inline ? images.label(index) : null)
                .build();
    }

    private byte[] content(int index, Duration elapsed, RandomGenerator chance) {
        if (settings.drifts().isEmpty()) {
            return content(index);
        }
        byte[] original = images.image(index);
        byte[] pixels = original;
        for (Drift drift : settings.drifts()) {
            pixels = drift.corruptionAt(elapsed).apply(pixels, images.width(), images.height(), chance);
        }
        return pixels == original
                ? content(index)
                : settings.encoding().encode(pixels, images.width(), images.height());
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
