package dev.hemline.trainer;

import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.training.DivergedException;
import dev.hemline.trainer.training.Recipe;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/** Everything that trainings of one model need: images, libtorch, and the right to publish. Owned by one thread. */
final class TrainingSession implements AutoCloseable {
    private final Recipe recipe;
    private final TrainingData data;
    private final Releases releases;
    private final TrainingMetrics metrics;
    private int trainings;

    private TrainingSession(Recipe recipe, TrainingData data, Releases releases, TrainingMetrics metrics) {
        this.recipe = recipe;
        this.data = data;
        this.releases = releases;
        this.metrics = metrics;
    }

    /** @throws UserError if there is no dataset or no broker */
    static TrainingSession open(TrainingSettings settings, KafkaSettings kafka, MeterRegistry registry) {
        TrainingData data = TrainingData.load(settings.data(), settings.limit());
        KafkaTopics.ensure(kafka, List.of(Topics.MODELS));
        TorchEngine.start(settings.threads());
        Releases releases = takeOver(settings, kafka);
        return new TrainingSession(
                settings.recipe(), data, releases, new TrainingMetrics(registry, settings.modelName()));
    }

    /**
     * Trains once. Each training of a session has its own seed, the first one the recipe's: with the same one it could
     * only find the same network again.
     *
     * @param stop asked before every batch whether to end early
     * @throws UserError if it diverged or another trainer took over
     */
    void train(TrainingDisplay display, BooleanSupplier stop) {
        Recipe own = recipe.withSeed(recipe.seed() + trainings);
        trainings++;
        try {
            new Training(own, data, releases, metrics, display, stop).run();
        } catch (DivergedException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        releases.close();
    }

    private static Releases takeOver(TrainingSettings settings, KafkaSettings kafka) {
        try {
            return new Releases(
                    () -> ModelPublisher.open(settings.modelName(), kafka.client(Map.of()), settings.signingKey()));
        } catch (KafkaException e) {
            throw new UserError("Cannot publish to topic " + Topics.MODELS + ": " + e.getMessage(), e);
        }
    }
}
