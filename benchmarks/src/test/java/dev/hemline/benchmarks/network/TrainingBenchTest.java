package dev.hemline.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.network.TrainingReport.Race;
import dev.hemline.benchmarks.peer.LivedInWeights;
import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.PixelStatistics;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingBenchTest {
    private static final Split DATA = split(FashionMnistFixture.load());
    private static final Recipe OWN = Recipes.of("tiny").withBatchSize(50);

    private final List<Validation> validations = new ArrayList<>();

    @Test
    void shouldMeasureEveryContender() throws Exception {
        var bench = Parsed.of(new TrainingBench(), "--rounds=2", "--threads=1", "--no-race");

        TrainingReport report = bench.measure(
                OWN, Duration.ofMillis(200), DATA, Parsed.run(Path.of("none"), (before, all, what) -> {}));

        assertThat(report.contenders())
                .extracting(Speed::name)
                .startsWith("djl-blocks-nchw-float32", "hemline-float32")
                .hasSizeBetween(2, 3);
        assertThat(report.contenders())
                .allSatisfy(speed -> assertThat(speed.turns()).hasSize(2));
        assertThat(report.ratios())
                .hasSize(report.contenders().size() - 1)
                .allSatisfy(ratio -> assertThat(ratio.times().lowest()).isPositive());
        assertThat(report.largestDifference()).isBetween(0.0, 1e-4);
        assertThat(report.race()).isNull();
    }

    @Test
    void shouldEndTheRaceWithTheRecipeIfItIsNotWon() {
        // Given: 1,000 images, of which two epochs are not enough for 90 %
        var twoEpochs = OWN.with().epochs(2).batchSize(100).build();

        Race result = new HemlineTraining(twoEpochs, DATA).race("hemline", validations::add);

        assertThat(result.reached()).isFalse();
        assertThat(result.epochs()).isEqualTo(2);
        assertThat(validations)
                .hasSize(10)
                .allSatisfy(validation -> assertThat(validation.images()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldFindThatBlocksAndArchiveAnswerAlike(String name) {
        TorchEngine.start(1);
        Network network = Networks.named(name, new Dimensions(1, 28, 28), 10);
        LabelledImages asked = DATA.validation();

        double difference = TrainingBench.requireSameFunction(
                network, PixelStatistics.of(asked), LivedInWeights.of(network, 3), asked);

        assertThat(difference).isPositive().isLessThan(1e-4);
    }

    @Test
    void shouldGoOnAsLongAsThereIsTimeButNotWithoutLearning() {
        var timer = new StepTimer(1, Duration.ofMillis(100), () -> 0);

        assertThat(TrainingBench.learnt(1.0, timer)).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> TrainingBench.learnt(Double.NaN, timer));
    }

    private static Split split(Dataset data) {
        return new Split(data.train(), data.test(), data.test());
    }
}
