package dev.hemline.producer;

import dev.hemline.event.ImageEvent;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes one event after the other. With one seed it is the same pictures, and the same events are bad, every time. */
final class EventSequence {

    private final ProducerSettings settings;
    private final LabelledImages images;
    /** By index; each is encoded when it is first asked for and kept, for the sequence comes round to it again. */
    private final Map<Integer, byte[]> contents = new HashMap<>();

    private final ImageDraw draw;
    private final EventIds ids;
    private final Clock clock;
    /** Apart from the draw of images, so that a bad ratio does not change their order. */
    private final Random mishaps;

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
        this.settings = settings;
        this.images = images;
        this.draw = new ImageDraw(images.size(), settings.seed());
        this.ids = settings.run()
                .map(run -> EventIds.ofRun(settings.source(), run))
                .orElseGet(() -> EventIds.ofNewRun(settings.source(), clock.instant()));
        this.clock = clock;
        this.mishaps = new Random(~settings.seed());
    }

    /** The next event, captured now. */
    OutgoingEvent next() {
        int index = draw.next();
        ImageEvent event = event(index);
        boolean bad = mishaps.nextDouble() < settings.badRatio();
        return new OutgoingEvent(
                bad ? EventKind.BAD : EventKind.IMAGE,
                event.getId(),
                images.label(index),
                bad
                        ? nextMalformation().spoil(event, images.image(index), mishaps)
                        : Topics.IMAGE_EVENTS.valueSerde().serializer().serialize(Topics.IMAGE_EVENTS.name(), event));
    }

    private ImageEvent event(int index) {
        return ImageEvent.newBuilder()
                .setId(ids.next())
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
