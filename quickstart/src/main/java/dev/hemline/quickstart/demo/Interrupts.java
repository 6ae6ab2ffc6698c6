package dev.hemline.quickstart.demo;

import dev.hemline.service.StopSignal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Ctrl-C once: the demo ends in order and tells what it counted. Ctrl-C again: at once. */
final class Interrupts {
    /** Counting may take a while; only a second signal cuts it short. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int INTERRUPTED = 128 + 2;

    private Interrupts() {}

    static StopSignal open() {
        StopSignal stop = StopSignal.onTermination(GRACE);
        var before = new AtomicBoolean();
        Runnable handler = () -> {
            if (before.getAndSet(true)) {
                // Children see that their parent is gone, and go.
                Runtime.getRuntime().halt(INTERRUPTED);
            }
            stop.request();
        };
        // Not as a shutdown of the JVM, whose exit code would then say "interrupted" whatever was counted.
        Signals.register("INT", handler);
        Signals.register("TERM", handler);
        return stop;
    }
}
