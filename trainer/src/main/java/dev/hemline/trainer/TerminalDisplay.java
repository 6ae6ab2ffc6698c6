package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar per epoch that redraws itself, for people at a terminal. */
final class TerminalDisplay implements TrainingDisplay {
    private static final int REDRAW_MILLIS = 250;

    private final TrainingDisplay lines = new LoggedDisplay();
    private @Nullable ProgressBar bar;
    private int epoch;
    private long epochBegin;

    @Override
    public void trained(TrainingProgress progress) {
        ProgressBar current = bar;
        if (current == null || epoch != progress.epoch()) {
            finished();
            current = newBar(progress);
            bar = current;
        }
        current.stepTo(progress.epochImages());
        current.setExtraMessage(" " + LoggedDisplay.figures(progress));
    }

    @Override
    public void measured(Validation validation) {
        finished();
        lines.measured(validation);
    }

    @Override
    public void validated(Validation validation) {
        finished();
        lines.validated(validation);
    }

    @Override
    public void published(Validation validation, ModelManifest manifest) {
        finished();
        lines.published(validation, manifest);
    }

    /** Ends the bar, which would redraw itself over whatever is written next; the epoch goes on with a new one. */
    @Override
    public void finished() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    private ProgressBar newBar(TrainingProgress progress) {
        if (epoch != progress.epoch()) {
            epoch = progress.epoch();
            epochBegin = System.nanoTime();
        }
        return new ProgressBarBuilder()
                .setTaskName("Epoch " + progress.epoch() + "/" + progress.epochs())
                .setInitialMax(progress.epochTotal())
                .startsFrom(progress.epochImages(), Duration.ofNanos(System.nanoTime() - epochBegin))
                .setUnit(" images", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .build();
    }
}
