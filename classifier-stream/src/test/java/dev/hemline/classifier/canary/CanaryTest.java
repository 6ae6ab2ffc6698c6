package dev.hemline.classifier.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.engine.InferenceEngine;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.classifier.outcome.Outcome.Classified;
import dev.hemline.classifier.sample.Sampling;
import dev.hemline.event.Classification;
import dev.hemline.event.ModelManifest;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageEvents;
import dev.hemline.image.ImageLimits;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventShare;
import dev.hemline.topic.ImageEventReader;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final EventShare TENTH = new EventShare(Canary.PURPOSE, 0.1);

    private @Nullable Integer challenger = 3;
    private int pinned = 2;
    private double share = 0.1;

    private final ModelStore three = new ModelStore() {
        @Override
        public List<ModelManifest> newestFirst() {
            return Stream.of(3, 2, 1)
                    .map(version -> FakeModel.manifest("fake", version))
                    .toList();
        }

        @Override
        public Optional<Integer> pinned(String name) {
            return Optional.of(pinned);
        }

        @Override
        public Optional<Integer> challenger(String name) {
            return Optional.ofNullable(challenger);
        }

        @Override
        public double canaryShare(String name) {
            return share;
        }

        @Override
        public byte[] archive(ModelManifest manifest) {
            return new byte[0];
        }
    };

    private final Canary canary = new Canary(three);
    private final ModelRegistry models = new ModelRegistry();
    private final InferenceEngine engine = new InferenceEngine(
            new EngineSettings(2, 16),
            models,
            new ImageEventReader(),
            new ImageDecoder(ImageLimits.DEFAULT),
            ClassifierListener.NONE,
            Tracing.OFF,
            Sampling.none(),
            Optional.of(canary));

    @BeforeEach
    void serve() {
        models.swap(new FakeModel(2));
    }

    @AfterEach
    void close() {
        engine.close();
        canary.close();
        models.close();
    }

    private List<Integer> versions() {
        return canary.candidates(canary.newestFirst()).stream()
                .map(ModelManifest::getVersion)
                .toList();
    }

    private List<Classification> answers(int pixel) {
        return engine
                .submit(IntStream.range(0, 200)
                        .mapToObj(i -> ImageEvents.record(ImageEvents.onePixel("event-" + i, pixel)))
                        .toList())
                .stream()
                .flatMap(Optional::stream)
                .map(CompletableFuture::join)
                .map(outcome -> ((Classified) outcome).classification())
                .toList();
    }

    @Test
    void shouldAnswerTheShareOfEventsThatThePolicyGrants() {
        assertThat(versions()).containsExactly(3);
        canary.models().swap(new FakeModel(3));

        List<Classification> answers = answers(204);

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.getModelVersion())
                        .as(answer.getId())
                        .isEqualTo(TENTH.has(answer.getId()) ? 3 : 2))
                .allSatisfy(answer -> assertThat(answer.getCanary()).isEqualTo(answer.getModelVersion() == 3));
        assertThat(answers.stream().filter(Classification::getCanary).count()).isBetween(8L, 40L);
        assertThat(canary.version()).isEqualTo(3);
    }

    @Test
    void shouldLeaveToWhatServesWhatItCannotAnswer() {
        assertThat(versions()).containsExactly(3);
        FakeModel broken = new FakeModel(3);
        broken.room = 0;
        canary.models().swap(broken);

        assertThat(answers(204))
                .hasSize(200)
                .allSatisfy(answer -> assertThat(answer.getModelVersion()).isEqualTo(2));
    }

    @Test
    void shouldAnswerNothingBeforeItIsLoadedNorOnceItIsTakenBack() {
        assertThat(versions()).containsExactly(3);
        assertThat(answers(204)).noneMatch(Classification::getCanary);

        canary.models().swap(new FakeModel(3));
        challenger = null;

        assertThat(versions()).isEmpty();
        assertThat(answers(204)).noneMatch(Classification::getCanary);
        assertThat(canary.version()).isZero();
    }

    @Test
    void shouldBeNothingWithoutAShareOrWhereAnOlderVersionShadowsANewerOne() {
        share = 0;
        assertThat(versions()).isEmpty();

        share = 0.1;
        pinned = 3;
        challenger = 2;
        assertThat(versions()).as("a probation").isEmpty();
    }
}
