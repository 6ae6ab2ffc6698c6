package dev.hemline.producer;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** Labels on their way: each becomes due the same time after its image, so the first in is the first out. */
final class LateLabels {

    /**
     * A label that is not known to others yet.
     *
     * @param number which event of the run it is about, from 1
     * @param id the image event's
     * @param label its true class
     * @param dueNanos when it is due by the ticker
     */
    record Pending(long number, String id, int label, long dueNanos) {}

    private final Queue<Pending> pending = new ArrayDeque<>();
    private final long delayNanos;
    private final Ticker ticker;

    LateLabels(Duration delay, Ticker ticker) {
        this.delayNanos = delay.toNanos();
        this.ticker = ticker;
    }

    /** Notes the label of an image event sent just now. */
    void add(long number, String id, int label) {
        pending.add(new Pending(number, id, label, ticker.nanoTime() + delayNanos));
    }

    /** Takes the next label if it is due. */
    Optional<Pending> takeDue() {
        return nanosUntilNext() > 0 ? Optional.empty() : take();
    }

    /** Takes the next label, due or not; nothing if there is none. */
    Optional<Pending> take() {
        return Optional.ofNullable(pending.poll());
    }

    /** How long until the next label is due, 0 or less for now; a very long time if there is none. */
    long nanosUntilNext() {
        Pending next = pending.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos() - ticker.nanoTime();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }
}
