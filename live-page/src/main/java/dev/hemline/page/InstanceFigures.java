package dev.hemline.page;

import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.time.Instant;
import java.util.Optional;

/** Hears what this instance does, in the stream's own threads, and only counts there: the stream never waits for a browser. */
public final class InstanceFigures implements ClassifierListener {
    final PulseMeter pulse = new PulseMeter(Instant.now());
    final RejectCounts rejects = new RejectCounts();
    final ModelNews models = new ModelNews();

    @Override
    public void forwarded(Outcome outcome) {
        pulse.outcome(outcome);
        if (outcome instanceof Rejected rejected) {
            rejects.rejected(rejected, Instant.now());
        }
    }

    @Override
    public void serves(ModelManifest manifest) {
        models.serves(manifest, Instant.now());
    }

    @Override
    public void refused(ModelManifest manifest, ModelRefusedException why) {
        models.refused(manifest, why);
    }

    @Override
    public void pinUnmet(Optional<String> why) {
        models.pinUnmet(why);
    }
}
