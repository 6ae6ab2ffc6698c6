package dev.hemline.chaos;

import dev.hemline.service.Texts;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells a person what goes on, a line with its time for each event and one now and then for the stream. */
final class ChaosScreen {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final Instant start = Instant.now();
    private Instant due = start.plus(PERIOD);

    ChaosScreen(PrintWriter out) {
        this.out = out;
    }

    void say(String what) {
        Duration since = Duration.between(start, Instant.now());
        out.println(String.format(Locale.ROOT, "%3d:%02d  %s", since.toMinutes(), since.toSecondsPart(), what));
        out.flush();
    }

    /** May be called more often than it shows. */
    void show(LiveResults live) {
        if (Instant.now().isBefore(due)) {
            return;
        }
        due = Instant.now().plus(PERIOD);
        say("    " + Texts.count(live.results()) + " results, " + Texts.count(live.deadLetters()) + " dead letters");
    }
}
