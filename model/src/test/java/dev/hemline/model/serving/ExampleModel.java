package dev.hemline.model.serving;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A model that was never trained but proves itself all the same. */
public final class ExampleModel {
    public static final ModelInput INPUT = new ModelInput(1, 28, 28, List.of(0.286f), List.of(0.353f), false);
    public static final LabelledImages IMAGES = FashionMnistFixture.load().test();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), FashionMnist.CLASSES);

    private ExampleModel() {}

    public static byte[] archive() {
        return TorchScriptArchive.write(TINY, Weights.initial(TINY, 7));
    }

    /** A manifest that is right for that archive. */
    public static ModelManifest.Builder manifest(byte[] archive) {
        return ModelManifest.newBuilder()
                .setName("fashion-mnist")
                .setVersion(1)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .setNetwork("tiny")
                .setParameters(TINY.parameters())
                .setLabels(FashionMnist.CLASS_NAMES)
                .setInput(INPUT)
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("validation", 200, 0.1, 2.3))
                .setGolden(golden(archive))
                .setTraining(Map.of());
    }

    private static GoldenBatch golden(byte[] archive) {
        List<byte[]> images = IntStream.range(0, 8).mapToObj(IMAGES::image).toList();
        try (ImageClassifier classifier =
                ArchiveClassifier.open(archive, INPUT, ModelOutput.LOGITS, FashionMnist.CLASSES)) {
            return GoldenBatches.record(classifier, INPUT, images);
        } catch (ModelRefusedException e) {
            throw new AssertionError("the example is sound", e);
        }
    }
}
