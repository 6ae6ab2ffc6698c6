package dev.hemline.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Networks;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.Validation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingBenchTest {
    private static final Split DATA = split(FashionMnistFixture.load());
    private static final Recipe OWN = Recipes.of("tiny").withBatchSize(50);

    private final List<Validation> validations = new ArrayList<>();

    @Test
    void shouldMeasureEveryContender() {
        var settings = new TrainingBenchSettings(OWN, 2, Duration.ofMillis(200), 1, false);

        TrainingReport report = new TrainingBench(settings, DATA, progress()).run();

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
        var network = Networks.tiny(new Dimensions(1, 28, 28), 10);

        RaceResult result = Race.run("hemline", twoEpochs, network, DATA, validations::add);

        assertThat(result.reached()).isFalse();
        assertThat(result.epochs()).isEqualTo(2);
        assertThat(validations)
                .hasSize(10)
                .allSatisfy(validation -> assertThat(validation.images()).isEqualTo(200));
    }

    private BenchProgress progress() {
        return new BenchProgress() {
            @Override
            public void turn(int before, int all, String contender) {}

            @Override
            public void validated(Validation validation) {
                validations.add(validation);
            }
        };
    }

    private static Split split(Dataset data) {
        return new Split(data.train(), data.test(), data.test());
    }
}
