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
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import dev.hemline.trainer.CandidatePublisher.Attempt;
import dev.hemline.trainer.CandidatePublisher.Candidate;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.Occasion.Trigger;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.TrainingFailedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CandidatePublisherTest {
    private static final Recipe RECIPE = Recipes.of("tiny");
    private static final TrainingOrder START = new TrainingOrder(Occasion.of(Trigger.START), RECIPE, false);
    private static final LabelledImages IMAGES = GivenAnswers.images(100);

    private final FakePublisher publisher = new FakePublisher();
    private int unloadable;

    @Test
    void shouldPublishOnlyWhatIsBetterThanEverythingBefore() {
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);

        assertThat(offer(attempt, 50)).isEqualTo(1);
        assertThat(offer(attempt, 50)).isZero();
        assertThat(offer(attempt, 40)).isZero();
        assertThat(offer(attempt, 60)).isEqualTo(2);
        assertThat(attempt.conclude()).contains(new Conclusion(Outcome.PUBLISHED, Optional.empty(), Optional.empty()));
    }

    @Test
    void shouldNotPublishOnTheWayWhatIsWorseThanWhatServes() {
        publisher.publishBefore(80);
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);

        assertThat(offer(attempt, 79)).isZero();
        assertThat(offer(attempt, 81)).isEqualTo(2);
    }

    @Test
    void shouldPublishAtTheEndWhatIsAsGoodAsWhatServes() {
        publisher.publishBefore(80);
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);
        assertThat(offer(attempt, 80)).isZero();
        offer(attempt, 74);

        Conclusion conclusion = attempt.conclude().orElseThrow();

        assertThat(conclusion.outcome()).isEqualTo(Outcome.PUBLISHED);
        ModelManifest published = conclusion.published().orElseThrow();
        assertThat(published.getEvaluation().getAccuracy()).isEqualTo(0.8);
        assertThat(published.getTraining()).containsEntry("gate", "published").containsEntry("trigger", "start");
    }

    @Test
    void shouldBelieveNoManifestThatClaimsMoreThanItsVersionCan() {
        publisher.publishBefore(60);
        publisher.claim(1, 0.99);
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);

        assertThat(offer(attempt, 61)).isEqualTo(2);
    }

    @Test
    void shouldCompareWithTheVersionBeforeOneThatCannotBeAsked() {
        publisher.publishBefore(80);
        publisher.publishBefore(90);
        unloadable = 2;
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);

        assertThat(offer(attempt, 79)).isZero();
        assertThat(offer(attempt, 81)).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatIsWorseThanWhatServes() {
        publisher.publishBefore(80);
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);
        offer(attempt, 60);

        assertThat(attempt.conclude()).hasValueSatisfying(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(ended.objection()).isPresent();
        });
        assertThat(publisher.published).hasSize(1);
    }

    @Test
    void shouldPublishWhatIsWorseWhenForcedToAndSaySoInTheManifest() {
        publisher.publishBefore(80);
        Attempt attempt =
                candidates().begin(new TrainingOrder(Occasion.of(Trigger.START), RECIPE, true), IMAGES, this::ask);
        offer(attempt, 60);

        Conclusion conclusion = attempt.conclude().orElseThrow();

        assertThat(conclusion.outcome()).isEqualTo(Outcome.FORCED);
        assertThat(conclusion.published().orElseThrow().getTraining()).containsEntry("gate", "forced");
    }

    @Test
    void shouldMeasureByThePinnedVersion() {
        publisher.publishBefore(50);
        publisher.publishBefore(90);
        publisher.steering =
                Map.of("serving", new ModelAlias("fashion-mnist", "serving", 1, Instant.EPOCH, "test", ""));
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);

        assertThat(offer(attempt, 60)).isEqualTo(3);
    }

    @Test
    void shouldAnswerARequestWithOneVersionThatNamesIt() {
        Attempt attempt = candidates()
                .begin(new TrainingOrder(Occasion.ofRequests(List.of("r-1", "r-2")), RECIPE, false), IMAGES, this::ask);
        assertThat(offer(attempt, 50)).isZero();
        assertThat(offer(attempt, 60)).isZero();

        ModelManifest published = attempt.conclude().orElseThrow().published().orElseThrow();

        assertThat(publisher.published).hasSize(1);
        assertThat(published.getEvaluation().getAccuracy()).isEqualTo(0.6);
        assertThat(Occasion.requestsIn(published.getTraining())).containsExactly("r-1", "r-2");
    }

    @Test
    void shouldNotReplaceAModelThatTellsOtherClassesApart() {
        publisher.publishBefore(80);
        publisher.replace(1, manifest -> manifest.setLabels(List.of("a", "b")).build());
        CandidatePublisher candidates = candidates();

        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> candidates.begin(START, IMAGES, this::ask))
                .withMessageContaining(
                        "v1 of fashion-mnist, which serves, has the classes a, b, and these images have T-shirt/top, ")
                .withMessageContaining("--force");
    }

    @Test
    void shouldNotReplaceAModelThatTakesImagesOfAnotherSize() {
        publisher.publishBefore(80);
        publisher.replace(
                1,
                manifest -> manifest.setInput(new ModelInput(1, 20, 24, List.of(0f), List.of(1f), false))
                        .build());
        CandidatePublisher candidates = candidates();

        assertThatExceptionOfType(TrainingFailedException.class)
                .isThrownBy(() -> candidates.begin(START, IMAGES, this::ask))
                .withMessageContaining("takes images of 1 x 20 x 24, and these are 1 x 28 x 28");
    }

    @Test
    void shouldOpenAnotherPublisherAfterAFailure() {
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);
        publisher.failure = new KafkaException("no broker");

        assertThat(offer(attempt, 50)).isZero();
        publisher.failure = null;
        assertThat(offer(attempt, 60)).isEqualTo(1);
        assertThat(publisher.closed).isEqualTo(1);
    }

    @Test
    void shouldStopWhenAnotherTrainerTookOver() {
        Attempt attempt = candidates().begin(START, IMAGES, this::ask);
        publisher.failure = new ProducerFencedException("newer epoch");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> offer(attempt, 50))
                .withMessageContaining("another trainer");
    }

    private CandidatePublisher candidates() {
        return new CandidatePublisher(() -> publisher);
    }

    private static int offer(Attempt attempt, int percent) {
        ModelManifest published = attempt.offer(
                GivenAnswers.percent(percent), () -> new Candidate(manifest(percent / 100.0), new byte[] {1}));
        return published == null ? 0 : published.getVersion();
    }

    private Answers ask(ModelManifest version) {
        if (version.getVersion() == unloadable) {
            throw new UserError("its archive is damaged");
        }
        return GivenAnswers.percent(Objects.requireNonNull(publisher.truth.get(version.getVersion())));
    }

    static ModelManifest.Builder manifest(double accuracy) {
        return ModelManifest.newBuilder()
                .setName("fashion-mnist")
                .setVersion(1)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 1L, "00", 1))
                .setNetwork("tiny")
                .setParameters(1)
                .setLabels(IMAGES.classNames())
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

        /** How many of a hundred images each version has right. */
        final Map<Integer, Integer> truth = new HashMap<>();

        void publishBefore(int percent) {
            publish(manifest(percent / 100.0), new byte[] {1});
            truth.put(published.lastKey(), percent);
        }

        void claim(int version, double accuracy) {
            replace(
                    version,
                    manifest -> manifest.setEvaluation(new ModelEvaluation("validation", 100, accuracy, 1.0))
                            .build());
        }

        void replace(int version, Function<ModelManifest.Builder, ModelManifest> change) {
            published.computeIfPresent(
                    version,
                    (number, before) ->
                            new PublishedVersion(change.apply(ModelManifest.newBuilder(before.manifest())), Set.of()));
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
