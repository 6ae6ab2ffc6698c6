package dev.hemline.fuzz;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.event.ModelSignature;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A model of a few kilobytes, so that a change of any byte is soon tried. */
public final class SmallModel {
    private static final ModelInput INPUT = new ModelInput(1, 2, 2, List.of(0.3f), List.of(0.4f), false);
    private static final List<String> LABELS = List.of("dark", "light");
    private static final Network NETWORK =
            new Network("small", new Dimensions(1, 2, 2), List.of(new GlobalAveragePool(), new Linear(LABELS.size())));

    private SmallModel() {}

    public static byte[] archive() {
        return TorchScriptArchive.write(NETWORK, Weights.initial(NETWORK, 7));
    }

    /** Of that archive, with a golden batch that nobody has asked the network about. */
    public static ModelManifest manifest(byte[] archive) {
        return manifest(
                archive, new GoldenBatch(List.of(ByteBuffer.allocate(4)), List.of(List.of(0.5f, 0.5f)), 0.001f));
    }

    /** Of that archive, and what the network really answers. */
    public static ModelManifest proved(byte[] archive) {
        try (ImageClassifier classifier = ArchiveClassifier.open(archive, INPUT, ModelOutput.LOGITS, LABELS.size())) {
            List<byte[]> images = List.of(new byte[4], new byte[] {0, -1, 0, -1});
            return manifest(archive, GoldenBatches.record(classifier, INPUT, images));
        } catch (ModelRefusedException e) {
            throw new AssertionError("the example is sound", e);
        }
    }

    private static ModelManifest manifest(byte[] archive, GoldenBatch golden) {
        return ModelManifest.newBuilder()
                .setName("small")
                .setVersion(1)
                .setCreatedAt(Instant.ofEpochMilli(1_700_000_000_000L))
                .setCreatedBy("fuzz")
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .setNetwork("small")
                .setParameters(NETWORK.parameters())
                .setLabels(LABELS)
                .setInput(INPUT)
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("validation", 200, 0.1, 2.3))
                .setGolden(golden)
                .setTraining(Map.of("epochs", "1", "seed", "7"))
                .setSignature(new ModelSignature("0123456789abcdef", ByteBuffer.allocate(64)))
                .build();
    }
}
