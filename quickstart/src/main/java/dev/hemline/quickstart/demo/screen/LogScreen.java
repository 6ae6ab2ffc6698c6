package dev.hemline.quickstart.demo.screen;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Plain lines, one every five seconds. */
final class LogScreen implements Screen {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final PrintStream out;
    private Instant due = Instant.MIN;

    LogScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void show(DemoStatus status) {
        Instant now = Instant.now();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(PERIOD);
        say(StatusLine.of(status));
    }

    @Override
    public void settle() {
        due = Instant.MIN;
    }

    @Override
    public void close() {
        out.flush();
    }
}
