package dev.hemline.service;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Decides when to say something that lasts: at once when it is new, then once a minute. Thread-safe. */
public final class LogThrottle {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private @Nullable String last;
    private long lastNanos;

    public LogThrottle() {
        this(System::nanoTime);
    }

    LogThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether to say it now; if so, it counts as said. */
    public synchronized boolean isDue(String sentence) {
        long now = nanoTime.getAsLong();
        if (sentence.equals(last) && now - lastNanos < PAUSE_NANOS) {
            return false;
        }
        last = sentence;
        lastNanos = now;
        return true;
    }
}
