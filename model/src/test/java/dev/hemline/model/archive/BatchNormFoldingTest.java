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

class BatchNormFoldingTest {
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    @Test
    void shouldAnswerTheSameOnRealImages() throws Exception {
        Weights weights = withUsedNorms(Weights.initial(TINY, 7));

        Folded folded = BatchNormFolding.fold(TINY, weights);

        List<List<Float>> before = answers(TorchScriptArchive.write(TINY, weights));
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

        assertThat(folded.network().layers()).noneMatch(BatchNorm.class::isInstance);
        assertThat(folded.weights().tensors()).containsKeys("conv1_bias", "conv6_bias");
        assertThat(folded.network().operations()).isEqualTo(TINY.operations());
    }

    /** As if trained for a while: no norm multiplies by one or adds zero. */
    private static Weights withUsedNorms(Weights weights) {
        Random random = new Random(3);
        Map<String, Tensor> used = new LinkedHashMap<>(weights.tensors());
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
        return new Weights(used).fitting(TINY);
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
