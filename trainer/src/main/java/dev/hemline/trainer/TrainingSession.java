package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.network.Network;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.CandidatePublisher.Attempt;
import dev.hemline.trainer.CandidatePublisher.Candidate;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.CandidatePublisher.Examiner;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingFailedException;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import dev.hemline.trainer.training.Validation;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of one model, and what they need: images, libtorch, and the right to publish. Owned by one thread. */
final class TrainingSession implements AutoCloseable {
    /** The rest of a manifest is recipe, figures and the names of 256 classes at most. */
    private static final int LARGEST_IMAGE = ModelChunks.LARGEST_BYTES - 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSession.class);

    private final Split data;
    private final Teachers teachers;
    private final CandidatePublisher candidates;
    private final Examiner examiner;
    private final Refresher refresher;
    private final TrainingMetrics metrics;

    private TrainingSession(
            Split data,
            Teachers teachers,
            CandidatePublisher candidates,
            Function<ModelManifest, ChosenModel> fetch,
            TrainingMetrics metrics) {
        this.data = data;
        this.teachers = teachers;
        this.candidates = candidates;
        this.examiner = version -> ask(fetch.apply(version), data.validation());
        this.refresher = new Refresher(data, candidates, fetch);
        this.metrics = metrics;
    }

    /**
     * Hours before publishing would find out.
     *
     * @throws UserError if no manifest has room for a single golden image
     */
    static void requireRoom(int width, int height) {
        if ((long) width * height > LARGEST_IMAGE) {
            throw new UserError("Images of " + width + " x " + height + " pixels can be learnt, but not published: a"
                    + " manifest has room for a golden image of " + LARGEST_IMAGE + " bytes; choose a smaller"
                    + " --image-size, or train to a folder with hemline train --output");
        }
    }

    /**
     * @throws UserError if there is no dataset or no broker, images are too large, or a teacher knows others or
     * cannot teach
     */
    static TrainingSession open(TrainingOptions training, KafkaSettings kafka, MeterRegistry registry) {
        Split data = training.split();
        requireRoom(data.train().width(), data.train().height());
        KafkaTopics.ensure(kafka, List.of(Topics.MODELS));
        KafkaTopics.requireRoom(kafka, Topics.MODELS, ModelChunks.LARGEST_RECORD_BYTES);
        TorchEngine.start(training.threads);
        Teachers teachers = Teachers.open(training);
        try {
            CandidatePublisher candidates = takeOver(training, kafka);
            return new TrainingSession(
                    data,
                    teachers,
                    candidates,
                    version -> ChosenModel.published(kafka, version),
                    new TrainingMetrics(registry, training.modelName));
        } catch (RuntimeException | Error e) {
            teachers.close();
            throw e;
        }
    }

    private static Answers ask(ChosenModel model, LabelledImages images) {
        model.requireFit(images);
        try (ArchiveClassifier classifier = model.open()) {
            return Answers.of(classifier, images);
        }
    }

    /**
     * Trains once until the last epoch's end, publishes what comes of it on the way, and has the best judged at the end; or
     * until stopped.
     *
     * @param stop asked before every batch whether to end early
     * @return whether it came to its end
     * @throws TrainingFailedException if it learnt nothing more, or what serves has other classes
     * @throws KafkaException if it is not known what serves
     * @throws UserError if another trainer took over, or what came of it could not be published
     */
    boolean train(TrainingOrder order, BooleanSupplier stop) {
        Recipe recipe = order.recipe();
        Network network = recipe.networkFor(data.train());
        Attempt attempt = candidates.begin(order, data.validation(), examiner);
        LOG.info(
                "Training {} ({} parameters, {} million operations an image) on {} images, {} epochs, seed {}",
                network.name(),
                network.parameters(),
                Math.round(network.operations() / 1e6),
                data.train().size(),
                recipe.epochs(),
                recipe.seed());
        metrics.started(order.occasion().trigger());
        new TrainingRun(
                        recipe,
                        TrainingTask.anew(recipe, data.train(), data.validation()),
                        new Releasing(recipe, network, attempt),
                        stop)
                .run(teachers);
        if (stop.getAsBoolean()) {
            return false;
        }
        attempt.conclude().ifPresent(this::concluded);
        return true;
    }

    /**
     * Refreshes what serves, once, and has what comes of it judged; or until stopped.
     *
     * @return what became of it; empty if it was stopped
     * @throws TrainingFailedException if what serves cannot be refreshed with that
     * @throws KafkaException if it is not known what serves
     * @throws UserError if another trainer took over, or what came of it could not be published
     */
    Optional<Conclusion> refresh(RefreshOrder order, BooleanSupplier stop) {
        metrics.started(order.occasion().trigger());
        Optional<Conclusion> conclusion = refresher.refresh(order, new Measuring(), stop);
        conclusion.ifPresent(this::concluded);
        return conclusion;
    }

    /** The images that are learnt from: what traffic has to be like. */
    LabelledImages images() {
        return data.train();
    }

    /** A request was passed over: it makes no sense, or is none. */
    void requestRefused() {
        metrics.requestRefused();
    }

    /** What publishes. */
    CandidatePublisher candidates() {
        return candidates;
    }

    @Override
    public void close() {
        candidates.close();
        teachers.close();
    }

    private void concluded(Conclusion conclusion) {
        metrics.judged(conclusion.outcome());
        conclusion.published().ifPresent(manifest -> {
            metrics.published(manifest.getVersion());
            LOG.info(
                    "Published the best of this training as version {} ({}): accuracy {}",
                    manifest.getVersion(),
                    conclusion.outcome().text(),
                    Figures.percent(manifest.getEvaluation().getAccuracy()));
        });
    }

    private static CandidatePublisher takeOver(TrainingOptions training, KafkaSettings kafka) {
        try {
            return new CandidatePublisher(() -> ModelPublisher.open(
                    training.modelName, kafka.client(Map.of()), training.signer(), training.trusted()));
        } catch (KafkaException e) {
            throw new UserError("Cannot publish to topic " + Topics.MODELS + ": " + e.getMessage(), e);
        }
    }

    /** Shows it to people and to Prometheus. */
    private class Measuring extends TrainingDisplay {
        @Override
        public void trained(TrainingProgress progress) {
            metrics.trained(progress);
            super.trained(progress);
        }

        @Override
        public void validated(Validation validation, ServingModel model) {
            metrics.validated(validation);
            super.validated(validation, model);
        }
    }

    /** Offers every network that was validated to the publisher. */
    private final class Releasing extends Measuring {
        private final Recipe recipe;
        private final Network network;
        private final Attempt attempt;

        Releasing(Recipe recipe, Network network, Attempt attempt) {
            this.recipe = recipe;
            this.network = network;
            this.attempt = attempt;
        }

        @Override
        public void validated(Validation validation, ServingModel model) {
            metrics.validated(validation);
            ModelManifest published = attempt.offer(model.validated(), () -> candidate(validation, model));
            if (published == null) {
                validated(validation, "; an earlier version is at least as good");
            } else {
                metrics.published(published.getVersion());
                validated(validation, "; published as version " + published.getVersion());
            }
        }

        private Candidate candidate(Validation validation, ServingModel model) {
            ModelManifest.Builder draft = model.manifest(network, data.validation())
                    .setEvaluation(new ModelEvaluation(
                            "validation", validation.images(), validation.accuracy(), validation.loss()))
                    .setTraining(RecipeStory.of(recipe, model, validation.epoch(), validation.imagesSeen()));
            return new Candidate(draft, model.archive());
        }
    }
}
