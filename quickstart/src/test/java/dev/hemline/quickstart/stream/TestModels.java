package dev.hemline.quickstart.stream;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Real networks with untrained weights: quick to make, and two of them answer differently. */
final class TestModels {
    static final String NAME = "fashion-mnist";
    private static final Dimensions INPUT = new Dimensions(1, 28, 28);

    private TestModels() {}

    static ModelManifest publish(KafkaSettings kafka, long seed) throws Exception {
        return publish(kafka, seed, Optional.empty());
    }

    static ModelManifest publish(KafkaSettings kafka, long seed, Optional<SigningKey> signer) throws Exception {
        return publish(kafka, seed, signer, golden -> golden);
    }

    /** A model that answers otherwise than its manifest says. */
    static ModelManifest publishBroken(KafkaSettings kafka, long seed) throws Exception {
        return publish(kafka, seed, Optional.empty(), golden -> {
            List<List<Float>> swapped = new ArrayList<>(golden.getProbabilities());
            Collections.reverse(swapped);
            return new GoldenBatch(golden.getImages(), swapped, 1e-6f);
        });
    }

    private static ModelManifest publish(
            KafkaSettings kafka, long seed, Optional<SigningKey> signer, UnaryOperator<GoldenBatch> spoil)
            throws Exception {
        FashionMnist images = FashionMnistFixture.load();
        Network network = Networks.named("tiny", INPUT, FashionMnist.CLASS_NAMES.size());
        var folded = BatchNormFolding.fold(network, Weights.initial(network, seed));
        byte[] archive = TorchScriptArchive.write(folded.network(), folded.weights());
        var input = new ModelInput(1, 28, 28, List.of(0.286f), List.of(0.353f), false);
        try (var classifier = ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, network.outputs());
                var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()), signer)) {
            List<byte[]> golden = List.of(images.test().image(0), images.test().image(1));
            return publisher.publish(
                    ModelManifest.newBuilder()
                            .setCreatedAt(Instant.now())
                            .setCreatedBy("test")
                            .setNetwork(network.name())
                            .setParameters(network.parameters())
                            .setLabels(FashionMnist.CLASS_NAMES)
                            .setInput(input)
                            .setOutput(ModelOutput.LOGITS)
                            .setEvaluation(new ModelEvaluation("validation", 100, 0.1, 2.3))
                            .setGolden(spoil.apply(GoldenBatches.record(classifier, input, golden))),
                    archive);
        }
    }
}
