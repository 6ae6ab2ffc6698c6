package dev.hemline.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final LabelledImages DATA = FashionMnistFixture.load().test();

    @Test
    void shouldSeeThatTwoTensorsChangedPlaces() {
        TorchEngine.start(1);
        var network = Networks.tiny(new Dimensions(1, 28, 28), 10);
        var input = PixelStatistics.of(DATA);
        Weights right = LivedInWeights.of(network, 3);
        Map<String, Tensor> tensors = new LinkedHashMap<>(right.tensors());
        tensors.put(
                "norm2_beta",
                right.get("norm2_beta")
                        .withValues(right.get("norm2_running_mean").values()));
        tensors.put(
                "norm2_running_mean",
                right.get("norm2_running_mean")
                        .withValues(right.get("norm2_beta").values()));

        try (var ours = DjlBlocksClassifier.open(network, right, input);
                var swapped = DjlBlocksClassifier.open(network, new Weights(tensors), input)) {
            Agreement agreement = Agreement.between(ours, swapped, DATA, 100);

            assertThatIllegalStateException().isThrownBy(() -> agreement.require("both", Agreement.ROUNDING));
        }
    }

    @Test
    void shouldRefuseOneThatAnswersOtherwise() {
        assertThat(between(0.1f, 0.1f)).isEqualTo(new Agreement(50, 0, 0));
        assertThatIllegalStateException()
                .isThrownBy(() -> between(0.1f, 0.101f).require("tiny", Agreement.ROUNDING))
                .withMessageContaining("tiny");
        assertThatIllegalStateException()
                .isThrownBy(() -> between(0.1f, Float.NaN).require("tiny", Agreement.ROUNDING));
    }

    @Test
    void shouldCountImagesThatAreLabelledDifferently() {
        assertThat(between(0.2f, 0.8f).otherLabels()).isEqualTo(50);
    }

    private static Agreement between(float some, float other) {
        return Agreement.between(new Constant(some), new Constant(other), DATA, 50);
    }

    /** Gives the second of two labels that probability. */
    private record Constant(float probability) implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            float[][] rows = new float[n][];
            Arrays.fill(rows, new float[] {0.5f, probability});
            return rows;
        }

        @Override
        public void close() {}
    }
}
