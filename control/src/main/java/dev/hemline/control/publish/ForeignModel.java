package dev.hemline.control.publish;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What its maker says about a TorchScript file made elsewhere.
 *
 * @param network what people call its architecture
 * @param source where it came from, for those who look later
 */
record ForeignModel(
        String network,
        List<String> labels,
        ModelInput input,
        ModelOutput output,
        ModelEvaluation evaluation,
        String source) {

    /**
     * A manifest, complete but for what publishing fills in, after a try-out: what passes here, classifiers take.
     *
     * @param archive the file's content
     * @param images for the golden batch, as bytes of the input's size
     * @throws ModelRefusedException if the file is not what its maker says
     */
    ModelManifest.Builder draft(byte[] archive, List<byte[]> images) throws ModelRefusedException {
        GoldenBatch golden;
        long parameters;
        try (ArchiveClassifier classifier = ArchiveClassifier.open(archive, input, output, labels.size())) {
            golden = GoldenBatches.record(classifier, input, images);
            parameters = classifier.parameters();
        }
        ModelManifest.Builder draft = ModelManifest.newBuilder()
                .setCreatedAt(Instant.now())
                .setCreatedBy("hemline models publish, " + System.getProperty("user.name"))
                .setNetwork(network)
                .setParameters(parameters)
                .setLabels(labels)
                .setInput(input)
                .setOutput(output)
                .setEvaluation(evaluation)
                .setGolden(golden)
                .setTraining(Map.of("source", source));
        new DjlModelLoader().load(tryOut(draft, archive), archive).close();
        return draft;
    }

    /** Publishing gives other names and numbers. */
    private static ModelManifest tryOut(ModelManifest.Builder draft, byte[] archive) {
        return draft.setName("try-out")
                .setVersion(1)
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .build();
    }
}
