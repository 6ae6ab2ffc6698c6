package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import dev.hemline.trainer.CandidatePublisher.Attempt;
import dev.hemline.trainer.CandidatePublisher.Candidate;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.TrainingOrder.Trigger;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.TrainingFailedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidatePublisherTest {
    private static final Recipe RECIPE = Recipes.of("tiny");
    private static final TrainingOrder START = new TrainingOrder(Trigger.START, List.of(), RECIPE, false);
    private static final List<String> LABELS = List.of("a", "b");

    private final FakePublisher publisher = new FakePublisher();

    @Test
    void shouldPublishOnlyWhatIsBetterThanEverythingBefore() {
        Attempt attempt = candidates().begin(START, LABELS);

        assertThat(offer(attempt, 0.5)).isEqualTo(1);
        assertThat(offer(attempt, 0.5)).isZero();
        assertThat(offer(attempt, 0.4)).isZero();
        assertThat(offer(attempt, 0.6)).isEqualTo(2);
        assertThat(attempt.conclude()).contains(new Conclusion(Outcome.PUBLISHED, Optional.empty()));
    }

    @Test
    void shouldNotPublishOnTheWayWhatIsWorseThanWhatServes() {
        publisher.publishBefore(0.8);
        Attempt attempt = candidates().begin(START, LABELS);

        assertThat(offer(attempt, 0.79)).isZero();
        assertThat(offer(attempt, 0.81)).isEqualTo(2);
    }

    @Test
    void shouldPublishAtTheEndWhatIsNotWorseThanWhatServesAllowsFor() {
        publisher.publishBefore(0.8);
        Attempt attempt = candidates().begin(START, LABELS);
        offer(attempt, 0.75);
        offer(attempt, 0.74);

        Conclusion conclusion = attempt.conclude().orElseThrow();

        assertThat(conclusion.outcome()).isEqualTo(Outcome.PUBLISHED);
        ModelManifest published = conclusion.published().orElseThrow();
        assertThat(published.getEvaluation().getAccuracy()).isEqualTo(0.75);
        assertThat(published.getTraining()).containsEntry("gate", "published").containsEntry("trigger", "start");
    }

    @Test
    void shouldRefuseWhatIsWorseThanWhatServes() {
        publisher.publishBefore(0.8);
        Attempt attempt = candidates().begin(START, LABELS);
        offer(attempt, 0.6);

        assertThat(attempt.conclude()).contains(new Conclusion(Outcome.REFUSED, Optional.empty()));
        assertThat(publisher.published).hasSize(1);
    }

    @Test
    void shouldPublishWhatIsWorseWhenForcedToAndSaySoInTheManifest() {
        publisher.publishBefore(0.8);
        Attempt attempt = candidates().begin(new TrainingOrder(Trigger.START, List.of(), RECIPE, true), LABELS);
        offer(attempt, 0.6);

        Conclusion conclusion = attempt.conclude().orElseThrow();

        assertThat(conclusion.outcome()).isEqualTo(Outcome.FORCED);
        assertThat(conclusion.published().orElseThrow().getTraining()).containsEntry("gate", "forced");
    }

    @Test
    void shouldMeasureByThePinnedVersion() {
        publisher.publishBefore(0.5);
        publisher.publishBefore(0.9);
        publisher.steering =
                Map.of("serving", new ModelAlias("fashion-mnist", "serving", 1, Instant.EPOCH, "test", ""));
        Attempt attempt = candidates().begin(START, LABELS);

        assertThat(offer(attempt, 0.6)).isEqualTo(3);
    }

    @Test
    void shouldAnswerARequestWithOneVersionThatNamesIt() {
        Attempt attempt =
                candidates().begin(new TrainingOrder(Trigger.REQUEST, List.of("r-1", "r-2"), RECIPE, false), LABELS);
        assertThat(offer(attempt, 0.5)).isZero();
        assertThat(offer(attempt, 0.6)).isZero();

        ModelManifest published = attempt.conclude().orElseThrow().published().orElseThrow();

        assertThat(publisher.published).hasSize(1);
        assertThat(published.getEvaluation().getAccuracy()).isEqualTo(0.6);
        assertThat(TrainingOrder.requestsIn(published.getTraining())).containsExactly("r-1", "r-2");
    }

    @Test
    void shouldNotReplaceAModelThatTellsOtherClassesApart() {
        publisher.publishBefore(0.8);
        CandidatePublisher candidates = candidates();

        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> candidates.begin(START, List.of("a", "b", "c")))
                .withMessageContaining(
                        "v1 of fashion-mnist, which serves, has the classes a, b, and these images have a, b, c")
                .withMessageContaining("--force");
    }

    @Test
    void shouldOpenAnotherPublisherAfterAFailure() {
        Attempt attempt = candidates().begin(START, LABELS);
        publisher.failure = new KafkaException("no broker");

        assertThat(offer(attempt, 0.5)).isZero();
        publisher.failure = null;
        assertThat(offer(attempt, 0.6)).isEqualTo(1);
        assertThat(publisher.closed).isEqualTo(1);
    }

    @Test
    void shouldStopWhenAnotherTrainerTookOver() {
        Attempt attempt = candidates().begin(START, LABELS);
        publisher.failure = new ProducerFencedException("newer epoch");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> offer(attempt, 0.5))
                .withMessageContaining("another trainer");
    }

    private CandidatePublisher candidates() {
        return new CandidatePublisher(() -> publisher);
    }

    private static int offer(Attempt attempt, double accuracy) {
        ModelManifest published = attempt.offer(accuracy, () -> new Candidate(manifest(accuracy), new byte[] {1}));
        return published == null ? 0 : published.getVersion();
    }

    private static ModelManifest.Builder manifest(double accuracy) {
        return ModelManifest.newBuilder()
                .setName("fashion-mnist")
                .setVersion(1)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 1L, "00", 1))
                .setNetwork("tiny")
                .setParameters(1)
                .setLabels(List.of("a", "b"))
                .setInput(new ModelInput(1, 28, 28, List.of(0f), List.of(1f), false))
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("validation", 100, accuracy, 1.0))
                .setGolden(new GoldenBatch(List.of(), List.of(), 0.1f))
                .setTraining(Map.of());
    }

    private static final class FakePublisher implements ModelPublisher {
        final TreeMap<Integer, PublishedVersion> published = new TreeMap<>();
        Map<String, ModelAlias> steering = Map.of();

        @Nullable
        KafkaException failure;

        int closed;

        void publishBefore(double accuracy) {
            publish(manifest(accuracy), new byte[] {1});
        }

        @Override
        public PublishedVersions versions() {
            return new PublishedVersions("fashion-mnist", published.size(), published, steering, Optional.empty());
        }

        @Override
        public ModelManifest publish(ModelManifest.Builder draft, byte[] archive) {
            failIfAsked();
            ModelManifest manifest = draft.setVersion(published.size() + 1).build();
            published.put(manifest.getVersion(), new PublishedVersion(manifest, Set.of()));
            return manifest;
        }

        @Override
        public void commitOffsets(ConsumerGroupMetadata group, Map<TopicPartition, OffsetAndMetadata> offsets) {
            failIfAsked();
        }

        private void failIfAsked() {
            if (failure instanceof ProducerFencedException) {
                throw new FencedPublisherException("fashion-mnist", failure);
            } else if (failure != null) {
                throw failure;
            }
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
