package dev.hemline.classifier.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hemline.classifier.FakeModel;
import dev.hemline.event.ModelInput;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class RehearsedTest {
    private final FakeModel model = new FakeModel(1);

    private static FakeModel ofInput(int channels, int side) {
        var input = new ModelInput(channels, side, side, List.of(0f), List.of(1f), false);
        return new FakeModel(FakeModel.manifest("fake", 1, input));
    }

    @Test
    void shouldTryTheLargestBatchOut() throws Exception {
        Rehearsed rehearsed = Rehearsed.of(model, 100, 1);

        assertThat(rehearsed.largestBatch()).isEqualTo(100);
        assertThat(model.largestBatch).hasValue(100);
        assertThat(model.openClassifiers).hasValue(0);
    }

    @Test
    void shouldServeSmallerBatchesWhereTheLargestTakesTooLong() throws Exception {
        model.millis = 100;

        Rehearsed rehearsed = Rehearsed.of(model, 128, 1);

        assertThat(rehearsed.largestBatch()).isEqualTo(4);
        assertThat(rehearsed.nanosAnImage()).isBetween(100_000_000L, 150_000_000L);
    }

    @Test
    void shouldServeSmallerBatchesWhereTheLargestFails() throws Exception {
        model.room = 20;

        assertThat(Rehearsed.of(model, 128, 1).largestBatch()).isEqualTo(16);
    }

    @Test
    void shouldServeSmallerBatchesOfLargeImages() throws Exception {
        assertThat(Rehearsed.of(ofInput(3, 512), 128, 1).largestBatch()).isEqualTo(21);
        assertThat(Rehearsed.of(ofInput(3, 224), 128, 1).largestBatch()).isEqualTo(111);
        assertThat(Rehearsed.of(ofInput(3, 512), 128, 16).largestBatch()).isLessThan(21);
    }

    @Test
    void shouldRefuseAModelThatIsTooMuchWithOneImage() {
        model.millis = 1_100;

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Rehearsed.of(model, 128, 1))
                .withMessageContaining("this machine cannot serve it: a batch of 1 takes 1")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.UNLOADABLE));
    }

    @Test
    void shouldRefuseAModelOfImmenseImages() {
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> Rehearsed.of(ofInput(3, 16_384), 128, 1))
                .withMessageContaining("an image of its input has 805306368 bytes")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }
}
