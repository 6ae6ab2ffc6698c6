package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.UserError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private final FakePublisher publisher = new FakePublisher();

    @Test
    void shouldPublishOnlyWhatIsBetterThanEverythingBefore() {
        Releases releases = new Releases(() -> publisher);

        assertThat(offer(releases, 0.5)).isEqualTo(1);
        assertThat(offer(releases, 0.5)).isZero();
        assertThat(offer(releases, 0.4)).isZero();
        assertThat(offer(releases, 0.6)).isEqualTo(2);
    }

    @Test
    void shouldNotPublishWorseThanAnEarlierTrainerDid() {
        publisher.newest = manifest(0.8).setVersion(9).build();
        Releases releases = new Releases(() -> publisher);

        assertThat(offer(releases, 0.79)).isZero();
        assertThat(offer(releases, 0.81)).isEqualTo(10);
    }

    @Test
    void shouldOpenAnotherPublisherAfterAFailure() {
        Releases releases = new Releases(() -> publisher);
        publisher.failure = new KafkaException("no broker");

        assertThat(offer(releases, 0.5)).isZero();
        publisher.failure = null;
        assertThat(offer(releases, 0.5)).isEqualTo(1);
        assertThat(publisher.closed).isEqualTo(1);
    }

    @Test
    void shouldStopWhenAnotherTrainerTookOver() {
        Releases releases = new Releases(() -> publisher);
        publisher.failure = new ProducerFencedException("newer epoch");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> offer(releases, 0.5))
                .withMessageContaining("another trainer");
    }

    private static int offer(Releases releases, double accuracy) {
        ModelManifest published = releases.offer(accuracy, () -> new Candidate(manifest(accuracy), new byte[] {1}));
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
        @Nullable
        ModelManifest newest;

        @Nullable
        KafkaException failure;

        int closed;

        @Override
        public Optional<ModelManifest> newest() {
            return Optional.ofNullable(newest);
        }

        @Override
        public ModelManifest publish(ModelManifest.Builder draft, byte[] archive) {
            if (failure instanceof ProducerFencedException) {
                throw new FencedPublisherException("fashion-mnist", failure);
            } else if (failure != null) {
                throw failure;
            }
            ModelManifest published = draft.setVersion(newest == null ? 1 : newest.getVersion() + 1)
                    .build();
            newest = published;
            return published;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
