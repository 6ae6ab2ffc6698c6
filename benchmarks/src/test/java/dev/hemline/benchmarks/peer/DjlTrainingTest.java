package dev.hemline.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DjlTrainingTest {
    private static final LabelledImages DATA = FashionMnistFixture.load().train();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @Test
    void shouldLearnFromEpochToEpochUntilToldToStop() {
        // Given: 20 batches per epoch
        TorchEngine.start(1);
        List<Double> losses = new ArrayList<>();

        try (var training = new DjlTraining(TINY, Weights.initial(TINY, 1), DATA, PixelStatistics.of(DATA), 50)) {
            training.train(loss -> {
                losses.add(loss);
                return losses.size() < 35;
            });
        }

        assertThat(losses).hasSize(35);
        assertThat(mean(losses.subList(30, 35))).isLessThan(0.7 * mean(losses.subList(0, 5)));
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
