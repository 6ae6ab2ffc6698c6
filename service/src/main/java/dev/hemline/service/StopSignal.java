package dev.hemline.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells the main thread that the process was asked to end (SIGTERM, Ctrl-C), and holds the JVM's exit back until the
 * main thread has cleaned up. Open it first in a try-with-resources, so that it closes last.
 */
public final class StopSignal implements AutoCloseable {
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch cleanedUp = new CountDownLatch(1);

    private StopSignal() {}

    /** @param grace how long the clean-up may take before the JVM exits all the same */
    public static StopSignal onTermination(Duration grace) {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.stopAndWait(grace), "stop-signal"));
        return signal;
    }

    private void stopAndWait(Duration grace) {
        requested.countDown();
        try {
            cleanedUp.await(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Asks for the end from inside, as a signal does from outside. */
    public void request() {
        requested.countDown();
    }

    /** Waits until the end is asked for. An interrupt counts as asking; its flag is down then, for an orderly end. */
    public void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            request();
        }
    }

    /** @return whether the end was asked for within {@code timeout}; an interrupt counts as asking, as above */
    public boolean await(Duration timeout) {
        try {
            return requested.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            request();
            return true;
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
    }
}
