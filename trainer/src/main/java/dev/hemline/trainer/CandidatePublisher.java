package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import dev.hemline.topic.ModelKey;
import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.training.TrainingFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what comes of trainings: on the way whenever the network has become better than all before it and than what
 * serves; at the end the best one, if it passes the {@link Gate} and is not out yet. Owned by one thread.
 */
final class CandidatePublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CandidatePublisher.class);
    private static final int TRIES = 3;

    private final Supplier<ModelPublisher> publishers;
    private @Nullable ModelPublisher publisher;

    /**
     * What may become a version.
     *
     * @param draft the manifest, complete but for what publishing fills in
     * @param archive what it describes; not to be changed from here on
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    record Candidate(ModelManifest.Builder draft, byte[] archive) {}

    /**
     * Takes over publishing at once, so that of two trainers the one started later goes on.
     *
     * @param publishers opens a publisher; asked again after one failed
     */
    CandidatePublisher(Supplier<ModelPublisher> publishers) {
        this.publishers = publishers;
        publisher = publishers.get();
    }

    /**
     * What is published right now.
     *
     * @throws KafkaException if it cannot be read
     * @throws UserError if another trainer of this model took over
     */
    PublishedVersions versions() {
        return asOwner(ModelPublisher::versions);
    }

    /**
     * A training begins; what serves now is what it is measured by.
     *
     * @param labels classes that it will have
     * @throws TrainingFailedException if what serves has other classes, or there is no number to publish under
     * @throws KafkaException if it is not known what serves
     */
    Attempt begin(TrainingOrder order, List<String> labels) {
        PublishedVersions published = versions();
        if (published.highest() >= ModelKey.HIGHEST_VERSION) {
            throw new TrainingFailedException("v" + published.highest() + " of " + published.name()
                    + " is on topic models, and there is no number after it; retire it by hemline models retire if it is"
                    + " nobody's, or choose another --model-name");
        }
        Gate gate = Gate.keeping(published.serving(), labels, order.force());
        LOG.info("For model {}, {}", order.trigger().text(), gate);
        return new Attempt(order, gate);
    }

    /** What became of a training's best; the manifest is empty where it was out before, or refused. */
    record Conclusion(Outcome outcome, Optional<ModelManifest> published) {}

    /**
     * Commits how far requests were handled.
     *
     * @throws KafkaException if it is not known to be committed
     * @throws UserError if another trainer of this model took over, which is noticed by this
     */
    void commit(ConsumerGroupMetadata group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        asOwner(open -> {
            open.commitOffsets(group, offsets);
            return open;
        });
    }

    @Override
    public void close() {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    private <T> T asOwner(Function<ModelPublisher, T> action) {
        ModelPublisher open = publisher == null ? publishers.get() : publisher;
        publisher = open;
        try {
            return action.apply(open);
        } catch (FencedPublisherException | IllegalArgumentException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /** A training and what it has brought so far. */
    final class Attempt {
        private final TrainingOrder order;
        private final Gate gate;
        private double bestAccuracy = -1;
        private boolean anyPublished;
        /** The best, if it is not published. */
        private @Nullable Candidate held;

        private Attempt(TrainingOrder order, Gate gate) {
            this.order = order;
            this.gate = gate;
        }

        /**
         * Publishes on the way if it is an improvement; else it is kept in mind for the end.
         *
         * @return the manifest as published, or null if it is no improvement or could not be published, which is logged
         * @throws UserError if another trainer of this model took over
         */
        @Nullable
        ModelManifest offer(double accuracy, Supplier<Candidate> candidate) {
            if (accuracy <= bestAccuracy) {
                return null;
            }
            Candidate better = candidate.get();
            bestAccuracy = accuracy;
            held = better;
            if (!order.publishesOnTheWay() || !gate.isBetter(accuracy)) {
                return null;
            }
            try {
                return publish(better, Outcome.PUBLISHED);
            } catch (KafkaException e) {
                LOG.warn("A version was not published; the next one will be tried again: {}", e.toString());
                return null;
            }
        }

        /**
         * A training is over: its best is published if it is not out yet and passes the gate.
         *
         * @return empty if the training brought nothing to judge
         * @throws UserError if another trainer of this model took over, or it cannot be published
         */
        Optional<Conclusion> conclude() {
            Candidate best = held;
            if (best == null) {
                return anyPublished
                        ? Optional.of(new Conclusion(Outcome.PUBLISHED, Optional.empty()))
                        : Optional.empty();
            }
            Outcome outcome = gate.judge(bestAccuracy);
            if (outcome == Outcome.REFUSED) {
                LOG.warn(
                        "Refused: the best of this training has a validation accuracy of {}, and {}; --force publishes all"
                                + " the same",
                        Figures.percent(bestAccuracy),
                        gate);
                return Optional.of(new Conclusion(outcome, Optional.empty()));
            }
            return Optional.of(new Conclusion(outcome, Optional.of(publishAtLast(best, outcome))));
        }

        private ModelManifest publishAtLast(Candidate best, Outcome outcome) {
            for (int tried = 1; ; tried++) {
                try {
                    return publish(best, outcome);
                } catch (KafkaException e) {
                    if (tried == TRIES) {
                        throw new UserError("A version could not be published: " + e.getMessage(), e);
                    }
                    LOG.warn("A version was not published; trying again: {}", e.toString());
                }
            }
        }

        private ModelManifest publish(Candidate candidate, Outcome outcome) {
            Map<String, String> story = new TreeMap<>(candidate.draft().getTraining());
            story.putAll(order.story());
            story.put("gate", outcome.text());
            ModelManifest.Builder draft =
                    ModelManifest.newBuilder(candidate.draft()).setTraining(story);
            ModelManifest manifest = asOwner(open -> open.publish(draft, candidate.archive()));
            anyPublished = true;
            held = null;
            return manifest;
        }
    }
}
