package dev.hemline.model.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer;
import dev.hemline.model.network.Layer.Conv2d;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Layer.MaxPool;
import dev.hemline.model.network.Layer.Relu;
import dev.hemline.model.network.Layer.Residual;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ExampleModel;
import dev.hemline.model.serving.ImageClassifier;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Serving writes over tensors where training must not; the answers are the same. */
class ServedArchiveTest {
    private static final Conv2d CONV = new Conv2d(8, 3, 1, true);

    static Stream<List<Layer>> networksThatShareTensors() {
        return Stream.of(
                // The way round a residual starts with a layer that could write over what goes straight on.
                List.of(CONV, new Residual(List.of(new Relu(), CONV)), new Relu()),
                List.of(CONV, new Residual(List.of(new Relu())), new Relu()),
                List.of(CONV, new Relu(), new Residual(List.of(CONV, new Relu())), new Residual(List.of(CONV))),
                List.of(CONV, new Residual(List.of(new Residual(List.of(CONV)), new Relu(), CONV))),
                // The first layer reads the caller's own memory.
                List.of(new Relu(), CONV, new MaxPool(2), new Relu()));
    }

    @ParameterizedTest
    @MethodSource("networksThatShareTensors")
    void shouldAnswerAsWhatIsTrained(List<Layer> layers) throws Exception {
        List<Layer> all = Stream.concat(layers.stream(), Stream.of(new GlobalAveragePool(), new Linear(10)))
                .toList();
        Network network = new Network("sharing", new Dimensions(1, 28, 28), all);
        Weights weights = Weights.initial(network, 7);

        assertThat(answers(TorchScriptArchive.write(network, weights)))
                .isDeepEqualTo(answers(TorchScriptArchive.writeTrainable(network, weights, Precision.FLOAT32)));
    }

    private static float[][] answers(byte[] archive) throws Exception {
        ByteBuffer pixels = ByteBuffer.allocate(8 * 784);
        for (int image = 0; image < 8; image++) {
            pixels.put(FashionMnistFixture.load().test().image(image));
        }
        try (ImageClassifier classifier = ArchiveClassifier.open(archive, ExampleModel.INPUT, ModelOutput.LOGITS, 10)) {
            return classifier.classify(pixels.flip(), 8);
        }
    }
}
