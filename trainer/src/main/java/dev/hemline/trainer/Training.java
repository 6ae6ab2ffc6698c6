package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.Validation;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training and the versions that come of it. */
final class Training implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final Recipe recipe;
    private final TrainingData data;
    private final Network network;
    private final Releases releases;
    private final TrainingMetrics metrics;
    private final TrainingDisplay display;
    private final TrainingRun run;

    Training(
            Recipe recipe,
            TrainingData data,
            Releases releases,
            TrainingMetrics metrics,
            TrainingDisplay display,
            BooleanSupplier stop) {
        this.recipe = recipe;
        this.data = data;
        this.network = Networks.named(
                recipe.network(),
                new Dimensions(1, data.train().height(), data.train().width()),
                data.classNames().size());
        this.releases = releases;
        this.metrics = metrics;
        this.display = display;
        this.run = new TrainingRun(recipe, network, data.train(), data.validation(), this, stop);
    }

    /** Trains until the last epoch's end or until stopped. */
    void run() {
        LOG.info(
                "Training {} ({} parameters, {} million operations an image) on {} images, {} epochs, seed {}",
                network.name(),
                network.parameters(),
                Math.round(network.operations() / 1e6),
                data.train().size(),
                recipe.epochs(),
                recipe.seed());
        metrics.started();
        try {
            run.run();
        } finally {
            display.finished();
        }
    }

    @Override
    public void trained(TrainingProgress progress) {
        metrics.trained(progress);
        display.trained(progress);
    }

    @Override
    public void validated(Validation validation, ServingModel model) {
        metrics.validated(validation);
        ModelManifest published = releases.offer(validation.accuracy(), () -> candidate(validation, model));
        if (published == null) {
            display.validated(validation);
        } else {
            metrics.published(published.getVersion());
            display.published(validation, published);
        }
    }

    private Candidate candidate(Validation validation, ServingModel model) {
        ModelManifest.Builder draft = ModelManifest.newBuilder()
                .setCreatedAt(Instant.now())
                .setCreatedBy("hemline trainer")
                .setNetwork(network.name())
                .setParameters(network.parameters())
                .setLabels(data.classNames())
                .setInput(model.input())
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation(
                        "validation", validation.images(), validation.accuracy(), validation.loss()))
                .setGolden(model.golden(data.validation()))
                .setTraining(story(validation));
        return new Candidate(draft, model.archive());
    }

    private Map<String, String> story(Validation validation) {
        Map<String, String> story = new TreeMap<>();
        story.put("epoch", validation.epoch() + " of " + recipe.epochs());
        story.put("imagesSeen", Long.toString(validation.imagesSeen()));
        story.put("trainingImages", Integer.toString(data.train().size()));
        story.put("batchSize", Integer.toString(recipe.batchSize()));
        story.put("optimizer", "AdamW, weight decay " + recipe.weightDecay());
        story.put("learningRate", "one cycle up to " + recipe.maxLearningRate());
        story.put("augmentation", "horizontal flip, shift by up to 2 pixels");
        story.put("seed", Long.toString(recipe.seed()));
        return story;
    }
}
