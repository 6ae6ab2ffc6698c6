package dev.hemline.quickstart.demo;

import dev.hemline.service.StopSignal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Ctrl-C once: the demo ends in order and tells what it counted. Ctrl-C again: at once. */
final class Interrupts implements AutoCloseable {
    /** Counting may take a while; only a second signal cuts it short. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final int INTERRUPTED = 128 + 2;

    private final StopSignal stop = StopSignal.onTermination(GRACE);
    private final AtomicBoolean before = new AtomicBoolean();
    // Not as a shutdown of the JVM, whose exit code would then say "interrupted" whatever was counted.
    private final Object formerInterrupt = Signals.register("INT", this::signalled);
    private final Object formerTerminate = Signals.register("TERM", this::signalled);

    private void signalled() {
        if (before.getAndSet(true)) {
            // Children see that their parent is gone, and go.
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        stop.request();
    }

    StopSignal stop() {
        return stop;
    }

    @Override
    public void close() {
        Signals.unregister("INT", formerInterrupt);
        Signals.unregister("TERM", formerTerminate);
        stop.close();
    }
}
