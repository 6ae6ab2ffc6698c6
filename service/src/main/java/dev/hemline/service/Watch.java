package dev.hemline.service;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at what brokers say. What is wrong is one line in the log, again each minute, and the reason that
 * the app is not ready; that it has passed is a line, too.
 */
abstract class Watch implements Readiness, AutoCloseable {
    /** For an answer of the brokers. */
    static final int PATIENCE_MS = 10_000;

    private static final int SECONDS_BETWEEN_LOOKS = 5;

    final Logger log = LoggerFactory.getLogger(getClass());
    final LongSupplier nanoTime;
    private final String wrong;
    private final String passed;
    private final Runnable end;
    private final LogThrottle line;
    private final ScheduledExecutorService thread;
    private volatile Optional<String> trouble = Optional.empty();

    /**
     * @param name of its thread
     * @param wrong how a line begins that says what is
     * @param passed the line that nothing is any longer
     * @param end what closing ends, too
     */
    Watch(String name, String wrong, String passed, Runnable end, LongSupplier nanoTime) {
        this.wrong = wrong;
        this.passed = passed;
        this.end = end;
        this.nanoTime = nanoTime;
        line = new LogThrottle(nanoTime);
        thread = DaemonThreads.scheduled(name);
    }

    /** Tells what it saw, if anything. */
    abstract void look();

    void start() {
        var unused = thread.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    /** @param now what is wrong; empty where nothing is */
    void tell(Optional<String> now) {
        Optional<String> before = trouble;
        trouble = now;
        if (now.isPresent() && line.isDue(now.get())) {
            log.warn("{}: {}", wrong, now.get());
        } else if (now.isEmpty() && before.isPresent()) {
            log.info(passed);
        }
    }

    @Override
    public Optional<String> reasonNotReady() {
        return trouble;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        end.run();
    }
}
