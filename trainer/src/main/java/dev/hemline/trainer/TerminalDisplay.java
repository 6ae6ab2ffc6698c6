package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
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

    @Override
    public void trained(TrainingProgress progress) {
        ProgressBar current = bar;
        if (current == null || epoch != progress.epoch()) {
            finished();
            epoch = progress.epoch();
            current = newBar(progress);
            bar = current;
        }
        current.stepTo(progress.epochImages());
        current.setExtraMessage(" " + LoggedDisplay.figures(progress));
    }

    @Override
    public void validated(Validation validation) {
        pausing(() -> lines.validated(validation));
    }

    @Override
    public void published(Validation validation, ModelManifest manifest) {
        pausing(() -> lines.published(validation, manifest));
    }

    @Override
    public void finished() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** A bar being redrawn by its own thread would write into the line. */
    private void pausing(Runnable line) {
        ProgressBar current = bar;
        if (current != null) {
            current.pause();
        }
        line.run();
        if (current != null) {
            current.resume();
        }
    }

    private static ProgressBar newBar(TrainingProgress progress) {
        return new ProgressBarBuilder()
                .setTaskName("Epoch " + progress.epoch() + "/" + progress.epochs())
                .setInitialMax(progress.epochTotal())
                .setUnit(" images", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .build();
    }
}
