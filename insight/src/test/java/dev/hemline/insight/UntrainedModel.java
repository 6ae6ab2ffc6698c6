package dev.hemline.insight;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.Sha256;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Network {@code tiny} with its first weights: its answers are poor, and always the same. */
public final class UntrainedModel {
    private UntrainedModel() {}

    /** Writes it as a training would. */
    public static Path writeTo(Path folder) throws Exception {
        Network network = Networks.named("tiny", new Dimensions(1, 28, 28), 10);
        Folded folded = BatchNormFolding.fold(network, Weights.initial(network, 3));
        byte[] archive = TorchScriptArchive.write(folded.network(), folded.weights());
        ModelInput input = new ModelInput(1, 28, 28, List.of(0.286f), List.of(0.353f), false);
        ModelManifest.Builder draft = ModelManifest.newBuilder()
                .setName("untrained")
                .setVersion(1)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("a test")
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .setNetwork("tiny")
                .setParameters(network.parameters())
                .setLabels(FashionMnist.CLASS_NAMES)
                .setInput(input)
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("test", 1, 0.0, 0.0));
        try (ArchiveClassifier classifier = ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, 10)) {
            draft.setGolden(GoldenBatches.record(classifier, input, List.of(new byte[784])));
        }
        new ModelFolder(folder).write(draft.build(), archive);
        return folder;
    }
}
