package dev.hemline.quickstart.stream;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
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

/** Publishes untrained networks, good ones and bad ones. */
public final class TestModels {
    static final String NAME = "fashion-mnist";
    private static final String NETWORK = "tiny";

    private TestModels() {}

    public static ModelManifest publish(KafkaSettings kafka, long seed) throws Exception {
        return publish(kafka, seed, Optional.empty());
    }

    static ModelManifest publish(KafkaSettings kafka, long seed, Optional<SigningKey> signer) throws Exception {
        return publish(kafka, seed, signer, golden -> golden);
    }

    /** A model that answers otherwise than its manifest says. */
    public static ModelManifest publishBroken(KafkaSettings kafka, long seed) throws Exception {
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
        UntrainedModel model = UntrainedModel.of(NETWORK, seed);
        byte[] archive = model.archive();
        int version;
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()))) {
            version =
                    publisher.versions().newest().map(ModelManifest::getVersion).orElse(0) + 1;
        }
        ModelManifest manifest = signer.sign(model.draft()
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
            KafkaSettings kafka, long seed, Optional<SigningKey> signer, UnaryOperator<GoldenBatch> spoil) {
        UntrainedModel model = UntrainedModel.of(NETWORK, seed);
        model.draft().setGolden(spoil.apply(model.draft().getGolden()));
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()), signer)) {
            return publisher.publish(model.draft(), model.archive());
        }
    }

    /** The same model again and again, as one version after another. */
    static void publishMany(KafkaSettings kafka, int versions) throws Exception {
        UntrainedModel model = UntrainedModel.of(NETWORK, 1);
        try (var publisher = ModelPublisher.open(NAME, kafka.client(Map.of()))) {
            for (int i = 0; i < versions; i++) {
                publisher.publish(model.draft(), model.archive());
            }
        }
    }
}
