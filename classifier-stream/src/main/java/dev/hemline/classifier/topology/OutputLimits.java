package dev.hemline.classifier.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How large dead letters and samples may be, and the headers of results, which senders choose. What the dead-letter topic says is asked
 * once, at start; should brokers refuse a record all the same, because a topic was changed since, its size is the lesson:
 * the transaction is lost, and the second time the record is written without what did not fit. Thread-safe.
 */
public final class OutputLimits {
    /** Far more than traces need; a result has to fit where its event did, however well that was compressed. */
    static final int MAX_HEADER_BYTES = 64 << 10;

    private static final long PAUSE_NANOS = Duration.ofMinutes(10).toNanos();

    private final AtomicLong letterBytes;
    private final AtomicLong headerBytes = new AtomicLong(MAX_HEADER_BYTES);
    private final AtomicLong sampleBytes = new AtomicLong(Long.MAX_VALUE);
    private volatile long samplesPausedNanos;
    private volatile boolean samplesPaused;
    private final AtomicInteger lessons = new AtomicInteger();

    /** @param letterBytes a dead letter may have at most */
    public OutputLimits(int letterBytes) {
        this.letterBytes = new AtomicLong(letterBytes);
    }

    boolean letterFits(long size) {
        return size <= letterBytes.get();
    }

    boolean sampleFits(long bytes) {
        return bytes <= sampleBytes.get();
    }

    /** Whether brokers took samples when one was written last, or that was a while ago. */
    boolean samplesTaken() {
        return !samplesPaused || System.nanoTime() - samplesPausedNanos > PAUSE_NANOS;
    }

    /** Brokers do not take a sample, of whatever size, for instance because the topic is gone: results do not wait for that. */
    void samplesNotTaken() {
        samplesPausedNanos = System.nanoTime();
        samplesPaused = true;
    }

    boolean headersFit(long bytes) {
        return bytes <= headerBytes.get();
    }

    /** Brokers take no dead letter of more than {@code most} bytes. */
    public void limitLetters(long most) {
        letterBytes.accumulateAndGet(most, Math::min);
    }

    /** Brokers refused a dead letter of {@code size}. */
    void letterRefused(long size) {
        limitLetters(size - 1);
        lessons.incrementAndGet();
    }

    /** Brokers refused a sample of {@code size}. */
    void sampleRefused(long size) {
        sampleBytes.accumulateAndGet(size - 1, Math::min);
        lessons.incrementAndGet();
    }

    /** Brokers refused a result with headers of {@code bytes}; halving finds what they take within few lessons. */
    void headersRefused(long bytes) {
        headerBytes.accumulateAndGet(bytes / 2, Math::min);
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
