package dev.hemline.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
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
}
