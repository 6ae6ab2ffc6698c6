package dev.hemline.classifier.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The work of events that were taken on and are not answered yet. A thread of Kafka Streams does all that it polled before it
 * polls again, and commits in between only after so many records as went fast before; so whatever a sender packs into a
 * poll, what is in flight has to be done well within a transaction. Thread-safe.
 */
final class WorkInFlight {
    /**
     * For each worker, before nothing more is taken on. The last event comes on top, with its 1.5 s at most for the picture
     * and a second for the model: a machine three times as slow as was measured is still within the 10 s of a transaction.
     */
    static final Duration GRANTED = Duration.ofSeconds(1);

    /** What an image is counted as before the first model, which may take a second for each. */
    static final Duration UNKNOWN_MODEL = Duration.ofMillis(200);

    private static final int LOOK_MILLIS = 5;
    private static final int LOOKS = 1_000;

    private final long granted;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile long nanosAnImage = UNKNOWN_MODEL.toNanos();

    WorkInFlight(int workers) {
        granted = workers * GRANTED.toNanos();
    }

    /** Until the outcome is there, or nobody waits for it any longer. */
    void add(Job job) {
        events.incrementAndGet();
        nanos.addAndGet(job.nanos());
        var unused = job.outcome().whenComplete((outcome, failure) -> {
            nanos.addAndGet(-job.nanos());
            events.decrementAndGet();
        });
    }

    boolean hasRoom() {
        return nanos.get() + events.get() * nanosAnImage < granted;
    }

    /** From now on an image takes the model so long. */
    void modelTakes(long nanos) {
        nanosAnImage = nanos;
    }

    /** Waits until so little is in flight that a model that takes so long an image will do it in time too. */
    void makeRoomFor(long nanosOfNext) {
        nanosAnImage = Math.max(nanosAnImage, nanosOfNext);
        try {
            for (int i = 0; i < LOOKS && !hasRoom(); i++) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
