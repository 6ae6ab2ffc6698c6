package dev.hemline.testbed.child;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.KafkaThread;
import org.jline.utils.Signals;

/**
 * Ends a child process when its parent is gone, however that came about. The parent alone decides: a Ctrl-C that the
 * terminal sends to both is not for the child, which is stopped in its turn.
 */
public final class ParentWatch {
    /** The environment variable that makes a process somebody's child. */
    public static final String VARIABLE = "HEMLINE_PARENT_PID";

    /** How long an orderly end may take. */
    private static final Duration GRACE = Duration.ofSeconds(12);

    private ParentWatch() {}

    /** Does nothing in a process that is nobody's child. */
    public static void begin(Map<String, String> environment) {
        Optional.ofNullable(environment.get(VARIABLE)).map(Long::valueOf).ifPresent(ParentWatch::follow);
    }

    private static void follow(long parent) {
        Signals.register("INT", () -> {});
        Signals.register("HUP", () -> {});
        KafkaThread.daemon("parent-watch", () -> {
                    ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
                    KafkaThread.daemon("parent-watch", ParentWatch::haltAfterGrace)
                            .start();
                    System.exit(1);
                })
                .start();
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
