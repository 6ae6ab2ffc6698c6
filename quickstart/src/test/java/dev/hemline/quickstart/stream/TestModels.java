package dev.hemline.quickstart.stream;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.archive.BatchNormFolding;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Real networks with untrained weights: quick to make, and two of them answer differently. */
final class TestModels {
    static final String NAME = "fashion-mnist";
    private static final Dataset IMAGES = FashionMnistFixture.load();
    private static final Network NETWORK =
            Networks.named("tiny", new Dimensions(1, 28, 28), FashionMnist.CLASS_NAMES.size());

    private TestModels() {}

    static ModelManifest publish(KafkaSettings kafka, long seed) throws Exception {
        return publish(kafka, seed, Optional.empty());
    }

    static ModelManifest publish(KafkaSettings kafka, long seed, Optional<SigningKey> signer) throws Exception {
        return publish(kafka, seed, signer, golden -> golden);
    }

    /** A model that answers otherwise than its manifest says. */
    static ModelManifest publishBroken(KafkaSettings kafka, long seed) throws Exception {
        return publishBroken(kafka, seed, Optional.empty());
    }

    static ModelManifest publishBroken(KafkaSettings kafka, long seed, Optional<SigningKey> signer) throws Exception {
        return publish(kafka, seed, signer, golden -> {
            List<List<Float>> swapped = new ArrayList<>(golden.getProbabilities());
            Collections.reverse(swapped);
            return new GoldenBatch(golden.getImages(), swapped, 1e-6f);
        });
    }

    /** A model whose archive was damaged after its manifest was signed. */
    static ModelManifest publishCorrupt(KafkaSettings kafka, long seed, SigningKey signer) throws Exception {
        byte[] archive = archive(seed);
        int version;
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()))) {
            version =
                    publisher.versions().newest().map(ModelManifest::getVersion).orElse(0) + 1;
        }
        ModelManifest manifest = signer.sign(draft(archive, golden -> golden)
                .setName(NAME)
                .setVersion(version)
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .build());
        byte[] damaged = archive.clone();
        damaged[archive.length / 2] ^= 1;
        try (var producer =
                new KafkaProducer<>(kafka.client(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
            ModelChunk chunk = ModelChunks.split(NAME, version, damaged).get(0);
            producer.send(new ProducerRecord<>(
                            Topics.MODELS.name(),
                            new ModelKey.Chunk(NAME, version, 0).toString(),
                            EventSerde.of(ModelChunk.class).encode(chunk)))
                    .get();
            producer.send(new ProducerRecord<>(
                            Topics.MODELS.name(),
                            new ModelKey.Manifest(NAME, version).toString(),
                            EventSerde.of(ModelManifest.class).encode(manifest)))
                    .get();
        }
        return manifest;
    }

    private static ModelManifest publish(
            KafkaSettings kafka, long seed, Optional<SigningKey> signer, UnaryOperator<GoldenBatch> spoil)
            throws Exception {
        byte[] archive = archive(seed);
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()), signer)) {
            return publisher.publish(draft(archive, spoil), archive);
        }
    }

    /** The same model again and again, as one version after another. */
    static void publishMany(KafkaSettings kafka, int versions) throws Exception {
        byte[] archive = archive(1);
        ModelManifest.Builder draft = draft(archive, golden -> golden);
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()))) {
            for (int i = 0; i < versions; i++) {
                publisher.publish(draft, archive);
            }
        }
    }

    private static byte[] archive(long seed) {
        var folded = BatchNormFolding.fold(NETWORK, Weights.initial(NETWORK, seed));
        return TorchScriptArchive.write(folded.network(), folded.weights());
    }

    private static ModelManifest.Builder draft(byte[] archive, UnaryOperator<GoldenBatch> spoil) throws Exception {
        var input = new ModelInput(1, 28, 28, List.of(0.286f), List.of(0.353f), false);
        List<byte[]> golden = List.of(IMAGES.test().image(0), IMAGES.test().image(1));
        try (var classifier = ArchiveClassifier.open(archive, input, ModelOutput.LOGITS, NETWORK.outputs())) {
            return ModelManifest.newBuilder()
                    .setCreatedAt(Instant.now())
                    .setCreatedBy("test")
                    .setNetwork(NETWORK.name())
                    .setParameters(NETWORK.parameters())
                    .setLabels(FashionMnist.CLASS_NAMES)
                    .setInput(input)
                    .setOutput(ModelOutput.LOGITS)
                    .setEvaluation(new ModelEvaluation("validation", 100, 0.1, 2.3))
                    .setGolden(spoil.apply(GoldenBatches.record(classifier, input, golden)));
        }
    }
}
