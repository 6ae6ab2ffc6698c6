package dev.hemline.quickstart.demo.screen;

import dev.hemline.quickstart.demo.live.LiveStatus;
import dev.hemline.service.Texts;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    public void show(Status status) {
        Instant now = Instant.now();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(PERIOD);
        say(line(status));
    }

    @Override
    public void settle() {
        due = Instant.MIN;
    }

    @Override
    public void close() {
        out.flush();
    }

    static String line(Status status) {
        LiveStatus live = status.live();
        List<String> parts = new ArrayList<>();
        parts.add(Texts.minutes(status.elapsed()));
        parts.add(live.serving()
                .map(serving -> "v" + serving.version())
                .orElseGet(() -> "waiting: " + status.notReady().orElse("first results are on their way")));
        parts.add(Texts.count(Math.round(live.resultsPerSecond())) + " images/s");
        parts.add(Texts.count(live.classified()) + " classified");
        parts.add(Texts.count(live.rejected()) + " rejected");
        parts.add(Texts.count(live.waiting()) + " waiting");
        if (live.recentAccuracy().known() > 0) {
            parts.add("accuracy " + Texts.percent(live.recentAccuracy().share()));
        }
        live.latency().ifPresent(latency -> parts.add(latency.text()));
        status.training().map(LogScreen::training).ifPresent(parts::add);
        return String.join(" | ", parts);
    }

    private static String training(TrainingStatus training) {
        return training.finished()
                ? "training done"
                : "training epoch " + training.epoch() + "/" + training.epochs() + ", "
                        + Math.round(100 * training.progress()) + " %, "
                        + Texts.count(Math.round(training.imagesPerSecond())) + " images/s";
    }
}
