package dev.hemline.classifier.topology;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How large a dead letter may be. What the topic says is asked once, at start; should brokers refuse a letter all the
 * same, because the topic was changed since, its size is the lesson: the transaction is lost, and the second time the
 * letter is written without what did not fit. Thread-safe.
 */
public final class DeadLetterSizeLimit {
    private final AtomicInteger bytes;
    private final AtomicInteger lessons = new AtomicInteger();

    /** @param bytes a record may have at most */
    public DeadLetterSizeLimit(int bytes) {
        this.bytes = new AtomicInteger(bytes);
    }

    boolean fits(int size) {
        return size <= bytes.get();
    }

    /** Brokers take no more than {@code most}. */
    public void limit(int most) {
        bytes.accumulateAndGet(most, Math::min);
    }

    /** Brokers refused a record of {@code size}. */
    void refused(int size) {
        limit(size - 1);
        lessons.incrementAndGet();
    }

    /**
     * Whether a thread that died of a record that was too large may try again, because it will end otherwise. Each refusal
     * is good for one time, so that what cannot shrink ends the stream after all.
     */
    public boolean learned() {
        return lessons.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
