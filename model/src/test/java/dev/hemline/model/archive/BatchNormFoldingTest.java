package dev.hemline.model.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer.BatchNorm;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.PlacedLayer;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ExampleModel;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ImageClassifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormFoldingTest {
    private static final Dimensions GREY_28 = new Dimensions(1, 28, 28);
    private static final Network TINY = Networks.tiny(GREY_28, 10);

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "base", "large"})
    void shouldAnswerTheSameOnRealImages(String name) throws Exception {
        Network network = Networks.named(name, GREY_28, 10);
        Weights weights = withUsedNorms(network);

        Folded folded = BatchNormFolding.fold(network, weights);

        List<List<Float>> before = answers(TorchScriptArchive.write(network, weights));
        List<List<Float>> after = answers(TorchScriptArchive.write(folded.network(), folded.weights()));
        for (int image = 0; image < before.size(); image++) {
            for (int label = 0; label < 10; label++) {
                assertThat(after.get(image).get(label))
                        .isCloseTo(before.get(image).get(label), within(1e-4f));
            }
        }
        assertThat(before).as("answers of a network that tells images apart").doesNotHaveDuplicates();
    }

    @Test
    void shouldLeaveNoBatchNorm() {
        Folded folded = BatchNormFolding.fold(TINY, Weights.initial(TINY, 7));

        assertThat(folded.network().placed().stream().flatMap(PlacedLayer::withBody))
                .extracting(PlacedLayer::layer)
                .noneMatch(BatchNorm.class::isInstance);
        assertThat(folded.weights().tensors()).containsKeys("conv1_bias", "conv6_bias");
        assertThat(folded.network().operations()).isEqualTo(TINY.operations());
    }

    /** As if trained for a while: no norm multiplies by one or adds zero. */
    private static Weights withUsedNorms(Network network) {
        Random random = new Random(3);
        Map<String, Tensor> used =
                new LinkedHashMap<>(Weights.initial(network, 7).tensors());
        used.replaceAll((name, tensor) -> {
            if (!name.startsWith("norm")) {
                return tensor;
            }
            float[] values = tensor.values();
            for (int i = 0; i < values.length; i++) {
                boolean centredOnZero = name.endsWith("beta") || name.endsWith("mean");
                values[i] = random.nextFloat() + (centredOnZero ? -0.5f : 0.5f);
            }
            return Tensor.parameter(tensor.shape(), values);
        });
        return new Weights(used).fitting(network);
    }

    private static List<List<Float>> answers(byte[] archive) throws Exception {
        LabelledImages images = FashionMnistFixture.load().test();
        List<byte[]> pixels =
                IntStream.range(0, images.size()).mapToObj(images::image).toList();
        try (ImageClassifier classifier = ArchiveClassifier.open(archive, ExampleModel.INPUT, ModelOutput.LOGITS, 10)) {
            return GoldenBatches.record(classifier, ExampleModel.INPUT, pixels).getProbabilities();
        }
    }
}
