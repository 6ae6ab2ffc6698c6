package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line now and then, for log files. */
final class LoggedDisplay implements TrainingDisplay {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private long nextLine = System.nanoTime();

    @Override
    public void trained(TrainingProgress progress) {
        if (System.nanoTime() - nextLine >= 0) {
            LOG.info(
                    "Epoch {}/{}, {} of {} images: {}",
                    progress.epoch(),
                    progress.epochs(),
                    progress.epochImages(),
                    progress.epochTotal(),
                    figures(progress));
            nextLine = System.nanoTime() + PAUSE.toNanos();
        }
    }

    @Override
    public void measured(Validation validation) {
        LOG.info("{}", sentence(validation));
    }

    @Override
    public void validated(Validation validation) {
        LOG.info("{}; an earlier version is at least as good", sentence(validation));
    }

    @Override
    public void published(Validation validation, ModelManifest manifest) {
        LOG.info("{}; published as version {}", sentence(validation), manifest.getVersion());
    }

    @Override
    public void finished() {}

    static String figures(TrainingProgress progress) {
        return String.format(
                Locale.ROOT,
                "loss %.3f, accuracy %.1f %%, %,.0f images/s",
                progress.loss(),
                100 * progress.accuracy(),
                progress.imagesPerSecond());
    }

    static String sentence(Validation validation) {
        return String.format(
                Locale.ROOT,
                "Validated after %,d images: accuracy %s, loss %.3f on %,d images",
                validation.imagesSeen(),
                Percent.of(validation.accuracy()),
                validation.loss(),
                validation.images());
    }
}
