package dev.hemline.trainer;

import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.training.DivergedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;

/** Everything that trainings of one model need: images, libtorch, and the right to publish. Owned by one thread. */
final class TrainingSession implements AutoCloseable {
    private final TrainingData data;
    private final Teachers teachers;
    private final CandidatePublisher candidates;
    private final TrainingMetrics metrics;

    private TrainingSession(
            TrainingData data, Teachers teachers, CandidatePublisher candidates, TrainingMetrics metrics) {
        this.data = data;
        this.teachers = teachers;
        this.candidates = candidates;
        this.metrics = metrics;
    }

    /** @throws UserError if there is no dataset or no broker, or a teacher knows other images or cannot teach */
    static TrainingSession open(TrainingSettings settings, KafkaSettings kafka, MeterRegistry registry) {
        TrainingData data = TrainingData.load(settings);
        KafkaTopics.ensure(kafka, List.of(Topics.MODELS));
        KafkaTopics.requireRoom(kafka, Topics.MODELS, ModelChunks.LARGEST_RECORD_BYTES);
        TorchEngine.start(settings.threads());
        Teachers teachers = Teachers.open(settings);
        try {
            CandidatePublisher candidates = takeOver(settings, kafka);
            return new TrainingSession(data, teachers, candidates, new TrainingMetrics(registry, settings.modelName()));
        } catch (RuntimeException | Error e) {
            teachers.close();
            throw e;
        }
    }

    /**
     * Trains once, and publishes what comes of it.
     *
     * @param stop asked before every batch whether to end early
     * @return whether it came to its end
     * @throws DivergedException if it learnt nothing more
     * @throws NotComparableException if what serves has other classes
     * @throws KafkaException if it is not known what serves
     * @throws UserError if another trainer took over, or what came of it could not be published
     */
    boolean train(TrainingOrder order, TrainingDisplay display, BooleanSupplier stop) {
        Training training = new Training(order, teachers, data, candidates, metrics, display, stop);
        candidates.begin(order, data.classNames());
        return training.run();
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

    private static CandidatePublisher takeOver(TrainingSettings settings, KafkaSettings kafka) {
        try {
            return new CandidatePublisher(
                    () -> ModelPublisher.open(settings.modelName(), kafka.client(Map.of()), settings.signingKey()));
        } catch (KafkaException e) {
            throw new UserError("Cannot publish to topic " + Topics.MODELS + ": " + e.getMessage(), e);
        }
    }
}
