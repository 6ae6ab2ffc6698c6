package dev.hemline.benchmarks.stream;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.LabelledImages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Sends the events of a load when they are due, and does not wait for anything to come back. An event says that it was
 * captured when it was due: where the sender, the brokers or the stream stood still, what it waited for them counts, for this
 * event and for all that were due meanwhile.
 *
 * @param out takes each event at once, or makes all that follow late
 */
record OpenLoopSender(LabelledImages images, Consumer<ImageEvent> out) {
    /** Events of one millisecond go out together; capturedAt has no finer parts. */
    private static final Duration TICK = Duration.ofMillis(1);

    private static final int DIGITS = 3;

    /**
     * Sends all of a load, and returns when the last is out.
     *
     * @param start when the first event is due
     * @return by how many microseconds it handed each event on too late
     */
    Histogram send(Schedule schedule, Instant start) {
        var lateness = new Histogram(DIGITS);
        long begin = System.nanoTime() + Duration.between(Instant.now(), start).toNanos();
        for (int event = 0; event < schedule.events(); event++) {
            Duration due = schedule.due(event);
            long late = System.nanoTime() - begin - due.toNanos();
            while (late < 0) {
                LockSupport.parkNanos(Math.max(-late, TICK.toNanos()));
                late = System.nanoTime() - begin - due.toNanos();
            }
            lateness.recordValue(late / 1000);
            out.accept(image(schedule.id(event), event, start.plus(due)));
        }
        return lateness;
    }

    private ImageEvent image(String id, int event, Instant capturedAt) {
        return ImageEvent.newBuilder()
                .setId(id)
                .setSource("bench-latency")
                .setCapturedAt(capturedAt)
                .setFormat(ImageFormat.GRAY8)
                .setWidth(images.width())
                .setHeight(images.height())
                .setContent(ByteBuffer.wrap(images.image(event % images.size())))
                .build();
    }
}
