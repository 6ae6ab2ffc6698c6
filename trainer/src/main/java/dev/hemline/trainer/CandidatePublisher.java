package dev.hemline.trainer;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import dev.hemline.topic.ModelKey;
import dev.hemline.trainer.Gate.Incumbent;
import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.training.TrainingFailedException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** Asks a version about the validation images. */
    interface Examiner {
        /** @throws UserError if it cannot be asked */
        Answers ask(ModelManifest version);
    }

    /**
     * A training begins; what serves now is what it is measured by.
     *
     * @param validation what it will be validated with
     * @throws TrainingFailedException if what serves has other classes or takes images of another size, or there is no number to publish under
     * @throws KafkaException if it is not known what serves
     */
    Attempt begin(TrainingOrder order, LabelledImages validation, Examiner examiner) {
        PublishedVersions published = versions();
        if (published.highest() >= ModelKey.HIGHEST_VERSION) {
            throw new TrainingFailedException("v" + published.highest() + " of " + published.name()
                    + " is on topic models, and there is no number after it; retire it by hemline models retire if it is"
                    + " nobody's, or choose another --model-name");
        }
        if (!order.force()) {
            published.serving().ifPresent(serving -> requireComparable(serving, validation));
        }
        Gate gate = new Gate(incumbent(published, examiner), order.force());
        LOG.info("For model {}, {}", order.occasion().trigger().text(), gate);
        return new Attempt(order, gate);
    }

    /** @throws TrainingFailedException if what serves has other classes or takes images of another size */
    static void requireComparable(ModelManifest serving, LabelledImages validation) {
        String title = "v" + serving.getVersion() + " of " + serving.getName() + ", which serves, ";
        String otherwise = "; choose another --model-name, or pass --force to replace it all the same";
        if (!serving.getLabels().equals(validation.classNames())) {
            throw new TrainingFailedException(title + "has the classes " + String.join(", ", serving.getLabels())
                    + ", and these images have " + String.join(", ", validation.classNames()) + otherwise);
        }
        ModelInput input = serving.getInput();
        if (input.getChannels() != 1
                || input.getHeight() != validation.height()
                || input.getWidth() != validation.width()) {
            throw new TrainingFailedException(
                    title + "takes images of " + input.getChannels() + " x " + input.getHeight()
                            + " x " + input.getWidth() + ", and these are 1 x " + validation.height() + " x "
                            + validation.width() + otherwise);
        }
    }

    /** Like classifiers, which serve the newest that can serve where what should cannot. */
    private static Optional<Incumbent> incumbent(PublishedVersions published, Examiner examiner) {
        return Stream.concat(
                        published.serving().stream(),
                        published.newestFirst().stream().map(PublishedVersion::manifest))
                .distinct()
                .map(version -> examined(version, examiner))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Incumbent> examined(ModelManifest version, Examiner examiner) {
        try {
            return Optional.of(new Incumbent(version, examiner.ask(version)));
        } catch (UserError e) {
            LOG.warn("Nothing is compared with v{}: {}", version.getVersion(), e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What became of a training's best.
     *
     * @param published empty where it was out before, or refused
     * @param objection why it was refused
     */
    record Conclusion(Outcome outcome, Optional<ModelManifest> published, Optional<String> objection) {
        static Conclusion published(Outcome outcome, ModelManifest version) {
            return new Conclusion(outcome, Optional.of(version), Optional.empty());
        }

        static Conclusion refused(String objection) {
            return new Conclusion(Outcome.REFUSED, Optional.empty(), Optional.of(objection));
        }
    }

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

    /**
     * Publishes; tries again where brokers fail.
     *
     * @throws UserError if another trainer of this model took over, or it cannot be published
     */
    ModelManifest publishAtLast(Candidate candidate, Occasion occasion, Outcome outcome) {
        for (int tried = 1; ; tried++) {
            try {
                return publish(candidate, occasion, outcome);
            } catch (KafkaException e) {
                if (tried == TRIES) {
                    throw new UserError("A version could not be published: " + e.getMessage(), e);
                }
                LOG.warn("A version was not published; trying again: {}", e.toString());
            }
        }
    }

    private ModelManifest publish(Candidate candidate, Occasion occasion, Outcome outcome) {
        Map<String, String> story = new TreeMap<>(candidate.draft().getTraining());
        story.putAll(occasion.story());
        story.put("gate", outcome.text());
        ModelManifest.Builder draft =
                ModelManifest.newBuilder(candidate.draft()).setTraining(story);
        return asOwner(open -> open.publish(draft, candidate.archive()));
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
        private double bestLead = Double.NEGATIVE_INFINITY;
        private boolean anyPublished;
        /** The best, if it is not published. */
        private @Nullable Validated held;

        private record Validated(Candidate candidate, Answers answers) {}

        private Attempt(TrainingOrder order, Gate gate) {
            this.order = order;
            this.gate = gate;
        }

        /**
         * Publishes on the way if it is an improvement; else it is kept in mind for the end.
         *
         * @param answers its, to the first of the validation images or all
         * @return the manifest as published, or null if it is no improvement or could not be published, which is logged
         * @throws UserError if another trainer of this model took over
         */
        @Nullable
        ModelManifest offer(Answers answers, Supplier<Candidate> candidate) {
            double lead = gate.lead(answers);
            if (lead <= bestLead) {
                return null;
            }
            var better = new Validated(candidate.get(), answers);
            bestLead = lead;
            held = better;
            if (!order.publishesOnTheWay() || !gate.isBetter(answers)) {
                return null;
            }
            try {
                return publishOnTheWay(better.candidate());
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
            Validated best = held;
            if (best == null) {
                return anyPublished
                        ? Optional.of(new Conclusion(Outcome.PUBLISHED, Optional.empty(), Optional.empty()))
                        : Optional.empty();
            }
            Outcome outcome = gate.judge(best.answers());
            if (outcome == Outcome.REFUSED) {
                LOG.warn(
                        "Refused the best of this training, right about {} of the validation images: {}; --force publishes it all"
                                + " the same",
                        Figures.percent(best.answers().accuracy()),
                        gate.objection(best.answers()).orElse(""));
                return Optional.of(
                        Conclusion.refused(gate.objection(best.answers()).orElse("")));
            }
            return Optional.of(
                    Conclusion.published(outcome, publishAtLast(best.candidate(), order.occasion(), outcome)));
        }

        private ModelManifest publishOnTheWay(Candidate candidate) {
            ModelManifest manifest = publish(candidate, order.occasion(), Outcome.PUBLISHED);
            anyPublished = true;
            held = null;
            return manifest;
        }
    }
}
