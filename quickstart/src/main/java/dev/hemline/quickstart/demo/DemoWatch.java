package dev.hemline.quickstart.demo;

import dev.hemline.quickstart.demo.live.LiveView;
import dev.hemline.quickstart.demo.screen.Screen;
import dev.hemline.quickstart.demo.screen.TrainingStatus;
import dev.hemline.service.Texts;
import dev.hemline.testbed.child.ChildProcess;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Shows a demo while it runs, and looks after its children. */
final class DemoWatch {
    private static final Duration TICK = Duration.ofMillis(500);

    private final Screen screen;
    private final LiveView view;
    private final MetricsScrape classifierHttp;
    private final MetricsScrape trainerHttp;
    private final Optional<Duration> length;
    private final List<ChildProcess> children;
    private final Instant started = Instant.now();
    private Optional<TrainingStatus> training = Optional.empty();

    DemoWatch(Screen screen, LiveView view, DemoPorts ports, Optional<Duration> length, List<ChildProcess> children) {
        this.screen = screen;
        this.view = view;
        this.classifierHttp = new MetricsScrape(ports.classifier());
        this.trainerHttp = new MetricsScrape(ports.trainer());
        this.length = length;
        this.children = children;
    }

    /** Since images are sent. */
    Duration elapsed() {
        return Duration.between(started, Instant.now());
    }

    /** @throws dev.hemline.testbed.child.ChildProcess.ChildFailure if a child ends meanwhile */
    void until(String doing, BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            children.forEach(ChildProcess::requireRunning);
            show(doing);
            Thread.sleep(TICK.toMillis());
        }
    }

    void show(String doing) {
        view.takeSwaps()
                .forEach(swap ->
                        screen.say("  " + Texts.clock(swap.at(), ZoneId.systemDefault()) + "  " + swap.sentence()));
        // What was known last stands while the trainer does not answer.
        training = TrainingStatus.from(trainerHttp.metrics()).or(() -> training);
        var live = view.status(Instant.now());
        screen.show(new Screen.Status(
                doing,
                elapsed(),
                length,
                live,
                training,
                live.serving().isPresent() ? Optional.empty() : classifierHttp.notReady()));
    }
}
