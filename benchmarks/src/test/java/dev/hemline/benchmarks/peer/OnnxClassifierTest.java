package dev.hemline.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.training.PixelStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxClassifierTest {
    private static final LabelledImages DATA = FashionMnistFixture.load().test();

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldAnswerAsDjlsBlocksDo(String name) {
        Network network = Networks.named(name, new Dimensions(1, 28, 28), 10);
        Weights weights = LivedInWeights.of(network, 3);
        var input = PixelStatistics.of(DATA);

        try (var onnx = OnnxClassifier.open(network, weights, input);
                var blocks = DjlBlocksClassifier.open(network, weights, input)) {
            Agreement agreement = Agreement.between(onnx, blocks, DATA, 200).require(name, Agreement.ROUNDING);

            assertThat(agreement.images()).isEqualTo(200);
            assertThat(agreement.otherLabels()).isZero();
        }
    }
}
