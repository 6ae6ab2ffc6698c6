package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ai.djl.engine.EngineException;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenBatchesTest {
    private static final ModelInput INPUT = new ModelInput(1, 1, 1, List.of(0f), List.of(1f), false);
    private static final List<byte[]> IMAGES = List.of(new byte[] {10}, new byte[] {20});

    /** Knows two classes by one pixel; {@code offWhenAlone} is added to its answer about a single image. */
    private record FakeClassifier(float offWhenAlone) implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            float[][] rows = new float[n][];
            for (int i = 0; i < n; i++) {
                float light = (pixels.get(i) & 0xff) / 255f + (n == 1 ? offWhenAlone : 0);
                rows[i] = new float[] {1 - light, light};
            }
            return rows;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldAcceptWhoeverGivesTheSameAnswersAgain() throws Exception {
        GoldenBatch golden = GoldenBatches.record(new FakeClassifier(0), INPUT, IMAGES);

        assertThat(golden.getProbabilities()).hasSize(2);
        assertThatNoException()
                .isThrownBy(() -> GoldenBatches.replay(golden, INPUT, new FakeClassifier(0), golden.getTolerance()));
    }

    @Test
    void shouldRefuseANetworkThatAnswersOtherwiseWhenAskedAboutOneImageAlone() throws Exception {
        GoldenBatch golden = GoldenBatches.record(new FakeClassifier(0), INPUT, IMAGES);

        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> GoldenBatches.replay(golden, INPUT, new FakeClassifier(0.1f), golden.getTolerance()))
                .satisfies(
                        refused -> assertThat(refused.reason()).isEqualTo(ModelRefusedException.Reason.GOLDEN_BATCH));
    }

    @Test
    void shouldLookForABatchThatIsTakenInLittleMemoryWhateverTheSizeOfAnImage() {
        // Given a classifier that takes no batch of 2 MB images
        ModelInput large = new ModelInput(2, 1024, 1024, List.of(0f, 0f), List.of(1f, 1f), false);
        List<Integer> asked = new ArrayList<>();
        ImageClassifier none = new ImageClassifier() {
            @Override
            public float[][] classify(ByteBuffer pixels, int n) {
                asked.add(n);
                throw new EngineException("no batch of " + n);
            }

            @Override
            public void close() {}
        };

        // When it is asked about one
        assertThatExceptionOfType(ModelRefusedException.class)
                .isThrownBy(() -> GoldenBatches.record(none, large, List.of(new byte[2 << 20])));

        // Then no more are tried at once than have 16 MB together
        assertThat(asked).containsExactly(1, 2, 4, 8);
    }
}
