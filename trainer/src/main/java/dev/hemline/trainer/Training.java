package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.training.Checkpoints;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.Teacher;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.Validation;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training and the versions that come of it. */
final class Training implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final TrainingOrder order;
    private final Recipe recipe;
    private final Teacher teacher;
    private final TrainingData data;
    private final Network network;
    private final CandidatePublisher candidates;
    private final TrainingMetrics metrics;
    private final TrainingDisplay display;
    private final BooleanSupplier stop;
    private final TrainingRun run;

    Training(
            TrainingOrder order,
            Teacher teacher,
            TrainingData data,
            CandidatePublisher candidates,
            TrainingMetrics metrics,
            TrainingDisplay display,
            BooleanSupplier stop) {
        this.order = order;
        this.recipe = order.recipe();
        this.teacher = teacher;
        this.data = data;
        this.network = TrainingData.network(recipe.network(), data.train());
        this.candidates = candidates;
        this.metrics = metrics;
        this.display = display;
        this.stop = stop;
        this.run = new TrainingRun(
                recipe,
                network,
                data.train(),
                data.validation(),
                Weights.initial(network, recipe.seed()),
                this,
                Checkpoints.none(),
                stop);
    }

    /**
     * Trains until the last epoch's end, and then has the best judged; or until stopped.
     *
     * @return whether it came to its end
     */
    boolean run() {
        LOG.info(
                "Training {} ({} parameters, {} million operations an image) on {} images, {} epochs, seed {}",
                network.name(),
                network.parameters(),
                Math.round(network.operations() / 1e6),
                data.train().size(),
                recipe.epochs(),
                recipe.seed());
        metrics.started(order.trigger());
        try {
            run.run(teacher);
        } finally {
            display.finished();
        }
        if (stop.getAsBoolean()) {
            return false;
        }
        candidates.conclude().ifPresent(this::concluded);
        return true;
    }

    private void concluded(Conclusion conclusion) {
        metrics.judged(conclusion.outcome());
        conclusion.published().ifPresent(manifest -> {
            metrics.published(manifest.getVersion());
            LOG.info(
                    "Published the best of this training as version {} ({}): accuracy {}",
                    manifest.getVersion(),
                    conclusion.outcome().text(),
                    Percent.of(manifest.getEvaluation().getAccuracy()));
        });
    }

    @Override
    public void trained(TrainingProgress progress) {
        metrics.trained(progress);
        display.trained(progress);
    }

    @Override
    public void validated(Validation validation, ServingModel model) {
        metrics.validated(validation);
        ModelManifest published = candidates.offer(validation.accuracy(), () -> candidate(validation, model));
        if (published == null) {
            display.validated(validation);
        } else {
            metrics.published(published.getVersion());
            display.published(validation, published);
        }
    }

    private Candidate candidate(Validation validation, ServingModel model) {
        Map<String, String> story = new RecipeStory(recipe).told();
        story.put("epoch", validation.epoch() + " of " + recipe.epochs());
        model.temperature().tell(story);
        story.put("imagesSeen", Long.toString(validation.imagesSeen()));
        ModelManifest.Builder draft = data.manifest(network, model)
                .setEvaluation(new ModelEvaluation(
                        "validation", validation.images(), validation.accuracy(), validation.loss()))
                .setTraining(story);
        return new Candidate(draft, model.archive());
    }
}
