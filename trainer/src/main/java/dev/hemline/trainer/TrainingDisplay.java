package dev.hemline.trainer;

import dev.hemline.insight.page.Figures;
import dev.hemline.service.ProgressBars;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a person how a training goes: a bar per epoch, and a line per validation. */
class TrainingDisplay implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingDisplay.class);

    private @Nullable ProgressBar bar;
    private int epoch;
    private long epochBegin;

    @Override
    public void trained(TrainingProgress progress) {
        ProgressBar current = bar;
        if (current == null || epoch != progress.epoch()) {
            ended();
            current = newBar(progress);
            bar = current;
        }
        current.stepTo(progress.epochImages());
        current.setExtraMessage(
                String.format(Locale.ROOT, " loss %.3f, accuracy %.1f %%", progress.loss(), 100 * progress.accuracy()));
    }

    @Override
    public void validated(Validation validation, ServingModel model) {
        validated(validation, "");
    }

    /** @param outcome what came of it, as the end of a sentence */
    void validated(Validation validation, String outcome) {
        ended();
        LOG.info(
                "Validated after {} images: accuracy {}, loss {} on {} images{}",
                Figures.count(validation.imagesSeen()),
                Figures.percent(validation.accuracy()),
                String.format(Locale.ROOT, "%.3f", validation.loss()),
                Figures.count(validation.images()),
                outcome);
    }

    /** Ends the bar, which would redraw itself over whatever is written next; the epoch goes on with a new one. */
    @Override
    public void ended() {
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
        return ProgressBars.of("Epoch " + progress.epoch() + "/" + progress.epochs(), progress.epochTotal(), "images")
                .showSpeed()
                .startsFrom(progress.epochImages(), Duration.ofNanos(System.nanoTime() - epochBegin))
                .build();
    }
}
