package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.trainer.training.TrainingFailedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps a training from replacing what serves by something worse. A candidate passes if its accuracy is not below the 95 %
 * interval (Wilson) of the model that serves. That interval alone, not one of the difference, which would be wider: both
 * are measured on the same validation images, so that their difference varies less than that of two strangers.
 *
 * @param serving the model that serves, if there is one whose accuracy is known
 * @param force whether to let pass whatever comes
 */
record Gate(Optional<ModelManifest> serving, boolean force) {

    /** What became of a candidate. */
    enum Outcome {
        PUBLISHED,
        REFUSED,
        FORCED;

        /** As it stands in manifests and labels of series. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The gate that keeps a model.
     *
     * @param labels classes that candidates will have
     * @throws TrainingFailedException if what serves has other classes, for then nothing can be compared
     */
    static Gate keeping(Optional<ModelManifest> serving, List<String> labels, boolean force) {
        serving.filter(manifest -> !force && !manifest.getLabels().equals(labels))
                .ifPresent(other -> {
                    throw new TrainingFailedException(
                            "v" + other.getVersion() + " of " + other.getName() + ", which serves, has the classes "
                                    + String.join(", ", other.getLabels()) + ", and these images have "
                                    + String.join(", ", labels)
                                    + "; choose another --model-name, or pass --force to replace it all the same");
                });
        return new Gate(serving.filter(manifest -> manifest.getEvaluation().getImages() > 0), force);
    }

    /** Whether a candidate is better than what serves, not only not worse. */
    boolean isBetter(double accuracy) {
        return serving.isEmpty() || accuracy > evaluation().getAccuracy();
    }

    Outcome judge(double accuracy) {
        if (serving.isEmpty() || accuracy >= least()) {
            return Outcome.PUBLISHED;
        }
        return force ? Outcome.FORCED : Outcome.REFUSED;
    }

    /** What serves and what it asks for, in words. */
    @Override
    public String toString() {
        return serving.map(manifest -> String.format(
                        Locale.ROOT,
                        "v%d serves with %s on %,d images, 95 %% interval from %s",
                        manifest.getVersion(),
                        Figures.percent(evaluation().getAccuracy()),
                        evaluation().getImages(),
                        Figures.percent(least())))
                .orElse("nothing serves that could be compared");
    }

    private double least() {
        return WilsonInterval.of(evaluation().getAccuracy(), evaluation().getImages())
                .low();
    }

    private ModelEvaluation evaluation() {
        return serving.orElseThrow().getEvaluation();
    }
}
