package dev.hemline.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.peer.DjlBlocksClassifier;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameFunctionTest {
    private static final LabelledImages DATA = FashionMnistFixture.load().test();

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldFindThatBlocksAndArchiveAnswerAlike(String name) {
        TorchEngine.start(1);
        Network network = Networks.named(name, new Dimensions(1, 28, 28), 10);

        double difference =
                new SameFunction(network, PixelStatistics.of(DATA)).check(LivedInWeights.of(network, 3), DATA);

        assertThat(difference).isPositive().isLessThan(1e-4);
    }

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
            var function = new SameFunction(network, input);

            assertThatIllegalStateException().isThrownBy(() -> function.requireAlike(ours, swapped, DATA));
        }
    }

    @Test
    void shouldRefuseOneThatAnswersOtherwise() {
        var network = Networks.tiny(new Dimensions(1, 28, 28), 10);
        var function = new SameFunction(network, PixelStatistics.of(DATA));

        assertThatIllegalStateException()
                .isThrownBy(() -> function.requireAlike(new Constant(0.1f), new Constant(0.101f), DATA))
                .withMessageContaining("tiny");
        assertThatIllegalStateException()
                .isThrownBy(() -> function.requireAlike(new Constant(0.1f), new Constant(Float.NaN), DATA));
    }

    private record Constant(float probability) implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            float[][] rows = new float[n][1];
            rows[n - 1][0] = probability;
            return rows;
        }

        @Override
        public void close() {}
    }
}
