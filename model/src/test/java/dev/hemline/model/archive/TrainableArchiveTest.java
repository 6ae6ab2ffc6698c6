package dev.hemline.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Layer.Residual;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.TorchEngine;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainableArchiveTest {
    private static final Dimensions IMAGE = new Dimensions(1, 28, 28);

    @TempDir
    Path folder;

    static Stream<Network> networks() {
        // The gradient of a ReLU follows from what it gave, which nobody may write over.
        Network keepsWhatReluGave = new Network(
                "relus",
                IMAGE,
                List.of(
                        new Conv2d(8, 3),
                        new Relu(),
                        new Relu(),
                        new Residual(List.of(new Conv2d(8, 3), new Relu())),
                        new Relu(),
                        new GlobalAveragePool(),
                        new Linear(10)));
        return Stream.of(Networks.tiny(IMAGE, 10), keepsWhatReluGave);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void shouldLowerTheLossWithOneStepAndGiveTheWeightsBack(Network network) throws Exception {
        TorchEngine.start(1);
        Weights start = Weights.initial(network, 7);
        Files.write(folder.resolve("net.pt"), TorchScriptArchive.writeTrainable(network, start, Precision.FLOAT32));
        DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(0.05f))
                        .build());
        try (Model model = Model.newInstance("net", TorchEngine.name())) {
            model.load(folder, "net", Map.of("trainParam", "true"));
            // DJL loads every module in inference mode but believes it to be in training mode.
            JniUtils.enableTrainingMode((PtSymbolBlock) model.getBlock());
            try (Trainer trainer = model.newTrainer(config);
                    NDManager manager = trainer.getManager().newSubManager()) {
                NDArray images = manager.randomNormal(new Shape(16, 1, 28, 28));
                NDArray labels = manager.arange(16).mod(10);

                float before = step(trainer, images, labels);
                float after = step(trainer, images, labels);

                assertThat(after).isLessThan(before);
            }
            Weights trained = TorchScriptArchive.read(saved(model)).fitting(network);
            assertThat(trained.tensors())
                    .allSatisfy((name, tensor) -> assertThat(tensor).as(name).isNotEqualTo(start.get(name)));
        }
    }

    private static float step(Trainer trainer, NDArray images, NDArray labels) {
        try (GradientCollector gradients = trainer.newGradientCollector()) {
            NDList answers = trainer.forward(new NDList(images));
            NDArray loss = trainer.getLoss().evaluate(new NDList(labels), answers);
            gradients.backward(loss);
            trainer.step();
            return loss.getFloat();
        }
    }

    private static byte[] saved(Model model) {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        JniUtils.writeModule((PtSymbolBlock) model.getBlock(), saved, false);
        return saved.toByteArray();
    }
}
