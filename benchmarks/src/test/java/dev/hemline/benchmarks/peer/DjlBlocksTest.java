package dev.hemline.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.PixelScaling;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.trainer.training.Augmentation;
import dev.hemline.trainer.training.Optimization;
import dev.hemline.trainer.training.Optimizer;
import dev.hemline.trainer.training.PixelStatistics;
import dev.hemline.trainer.training.RecipeBuilder;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import dev.hemline.trainer.training.TrainingTask;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DjlBlocksTest {
    private static final int IMAGES = 16;
    private static final LabelledImages DATA =
            FashionMnistFixture.load().train().first(IMAGES);
    private static final ModelInput INPUT = PixelStatistics.of(DATA);

    @BeforeAll
    static void useOneThread() {
        TorchEngine.start(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldHaveAsManyParametersAsTheLayers(String name) {
        Network network = network(name);

        try (Model model = DjlBlocks.model(network, Weights.initial(network, 1))) {
            assertThat(DjlBlocks.parameters(model.getBlock())).isEqualTo(network.parameters());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldFindTheLossInTrainingThatHemlineFinds(String name) {
        // Given: all images in one batch, so that the order in which they are dealt does not matter
        Network network = network(name);
        Weights start = Weights.initial(network, 5);

        double ours = firstLossOfHemline(network, start);
        double ofTheBlocks = firstLossOfTheBlocks(network, start);

        assertThat(ofTheBlocks).isCloseTo(ours, within(1e-4));
    }

    private static double firstLossOfTheBlocks(Network network, Weights start) {
        byte[] pixels = new byte[IMAGES * DATA.width() * DATA.height()];
        int[] labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            DATA.copyImage(i, pixels, i * DATA.width() * DATA.height());
            labels[i] = DATA.label(i);
        }
        try (Model model = DjlBlocks.model(network, start);
                Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()))) {
            ByteBuffer scaled = new PixelScaling(INPUT).scaled(ByteBuffer.wrap(pixels), IMAGES);
            NDArray images = trainer.getManager().create(scaled, DjlBlocks.shape(network, IMAGES), DataType.FLOAT32);
            NDList logits = trainer.forward(new NDList(images));
            NDArray truth = trainer.getManager().create(labels);
            return trainer.getLoss().evaluate(new NDList(truth), logits).getFloat();
        }
    }

    private static double firstLossOfHemline(Network network, Weights start) {
        var recipe = RecipeBuilder.builder()
                .network(network.name())
                .epochs(1)
                .batchSize(IMAGES)
                .optimization(new Optimization(Optimizer.SGD, 0.1, 1, 0, 0, 0))
                .augmentation(Augmentation.NONE)
                .precision(Precision.FLOAT32)
                .seed(1)
                .build();
        List<Double> losses = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void trained(TrainingProgress progress) {
                losses.add(progress.loss());
            }
        };
        TrainingTask task = TrainingTask.anew(recipe, DATA, DATA).beginningWith(start);
        new TrainingRun(recipe, task, listener, () -> false).run();
        return losses.get(0);
    }

    private static Network network(String name) {
        return Networks.named(name, new Dimensions(1, DATA.height(), DATA.width()), 10);
    }
}
