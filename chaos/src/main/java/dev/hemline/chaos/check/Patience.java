package dev.hemline.chaos.check;

import java.time.Duration;
import java.time.Instant;

/** How long something is waited for that may never come. */
record Patience(Duration longest) {
    private static final Duration TICK = Duration.ofMillis(300);

    /** Something to wait for. */
    interface Condition {
        boolean met() throws InterruptedException;
    }

    /** Whether it was met in time. */
    boolean await(Condition condition) throws InterruptedException {
        Instant deadline = Instant.now().plus(longest);
        while (!condition.met()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            Thread.sleep(TICK.toMillis());
        }
        return true;
    }
}
