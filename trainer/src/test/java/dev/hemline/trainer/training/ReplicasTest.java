package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicasTest {
    private static final int HALF = 64;
    private static final LabelledImages IMAGES = FashionMnistFixture.load().train();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @AfterEach
    void useOneThread() {
        TorchEngine.start(1);
    }

    @Test
    void shouldFindWhatOneFindsInAWholeBatch() {
        // Given a batch whose halves are alike, so that batch norm sees the same in a half as in the whole
        Batch batch = twice(HALF);
        try (Replicas one = replicas(1, 2 * HALF);
                Replicas two = replicas(2, 2 * HALF)) {
            // When one looks at the whole, and two at a half each
            Step whole = one.learn(batch);
            Step halves = two.learn(batch);

            // Then they found the same
            assertThat(halves.correct()).isEqualTo(whole.correct());
            assertThat(halves.loss()).isCloseTo(whole.loss(), within(1e-5));
            for (int i = 0; i < one.first().arrays().size(); i++) {
                assertThat(gradient(two, i)).containsExactly(gradient(one, i), within(1e-4f));
            }
            float[] nothing = new float[gradient(one, 0).length];
            assertThat(gradient(one, 0)).isNotEqualTo(nothing);
        }
    }

    @Test
    void shouldBeOneNetworkAgainAfterAStep() {
        // Given two
        Batch batch = twice(HALF);
        try (Replicas two = replicas(2, 2 * HALF)) {
            // When both take a step
            two.step(batch, 0.1);

            // Then both answer alike, and the next gradient begins with nothing
            Step next = two.learn(batch);
            try (Replicas one = replicas(two.weights(), HALF)) {
                assertThat(next.loss()).isCloseTo(one.learn(batch).loss(), within(1e-5));
                assertThat(gradient(two, 0)).containsExactly(gradient(one, 0), within(1e-4f));
            }
        }
    }

    @Test
    void shouldNotSplitSmallBatches() {
        try (Replicas small = replicas(2, 2 * HALF - 1);
                Replicas large = replicas(2, 2 * HALF)) {
            assertThat(small.size()).isEqualTo(1);
            assertThat(large.size()).isEqualTo(2);
        }
    }

    private static Replicas replicas(int threads, int batchSize) {
        TorchEngine.start(threads);
        return replicas(Weights.initial(TINY, 1), batchSize);
    }

    private static Replicas replicas(Weights weights, int batchSize) {
        return new Replicas(
                TINY, weights, PixelStatistics.of(IMAGES), recipe(batchSize), OptimizerState.Memory.NONE, batchSize);
    }

    private static Recipe recipe(int batchSize) {
        return TestRecipes.tiny(1, batchSize);
    }

    private static Batch twice(int images) {
        var batch = new Batch(2 * images, 28 * 28);
        for (int i = 0; i < 2 * images; i++) {
            IMAGES.copyImage(i % images, batch.pixels(), i * 28 * 28);
            batch.labels()[i] = IMAGES.label(i % images);
        }
        return batch;
    }

    private static float[] gradient(Replicas replicas, int parameter) {
        List<PtNDArray> arrays = replicas.first().arrays();
        try (NDArray gradient = arrays.get(parameter).getGradient()) {
            return gradient.toFloatArray();
        }
    }
}
