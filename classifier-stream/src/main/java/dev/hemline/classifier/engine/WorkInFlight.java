package dev.hemline.classifier.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The work of events that were taken on and are not answered yet. A thread of Kafka Streams does all that it polled before it
 * polls again, and commits in between only after so many records as went fast before; so whatever a sender packs into a
 * poll, what is in flight has to be done well within a transaction. Thread-safe.
 */
final class WorkInFlight {
    /**
     * For each worker, before nothing more is taken on. The last event comes on top, with its 1.5 s at most for the picture
     * and a second for the model: a machine that becomes three times as slow is still within the 10 s of a transaction, and
     * from then on is given less.
     */
    static final Duration GRANTED = Duration.ofSeconds(1);

    /** What an image is counted as before the first model, which may take a second for each. */
    static final Duration UNKNOWN_MODEL = Duration.ofMillis(200);

    /** Far more than what is in flight takes; a model that waits longer serves all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of less, a pause of the machine's would be most. */
    private static final Duration TELLING = Duration.ofMillis(20);

    /** Of the newest batch in what is known: a machine that others use is slow one time and fast the next. */
    private static final double NEWEST = 0.3;

    private final long granted;
    private int events;
    private long nanos;
    private long nanosAnImage = UNKNOWN_MODEL.toNanos();
    /** How many times as long as was reckoned a batch takes here and now, at least once. */
    private double slowness = 1;

    WorkInFlight(int workers) {
        granted = workers * GRANTED.toNanos();
    }

    /** Until the outcome is there, or nobody waits for it any longer. */
    void add(Job job) {
        count(1, job.nanos());
        var unused = job.outcome().whenComplete((outcome, failure) -> count(-1, -job.nanos()));
    }

    private synchronized void count(int moreEvents, long moreNanos) {
        events += moreEvents;
        nanos += moreNanos;
        notifyAll();
    }

    synchronized boolean hasRoom() {
        return (nanos + events * nanosAnImage) * slowness < granted;
    }

    /** So long a batch took. */
    synchronized void took(List<Job> batch, long nanos) {
        long reckoned =
                batch.stream().mapToLong(job -> job.nanos() + nanosAnImage).sum();
        if (reckoned >= TELLING.toNanos()) {
            slowness += NEWEST * (Math.max(1, (double) nanos / reckoned) - slowness);
            notifyAll();
        }
    }

    /** From now on an image takes the model so long. */
    synchronized void modelTakes(long nanos) {
        nanosAnImage = nanos;
        notifyAll();
    }

    /** Waits until so little is in flight that a model that takes so long an image will do it in time too. */
    synchronized void makeRoomFor(long nanosOfNext) {
        nanosAnImage = Math.max(nanosAnImage, nanosOfNext);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (long left = PATIENCE.toNanos(); left > 0 && !hasRoom(); left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
