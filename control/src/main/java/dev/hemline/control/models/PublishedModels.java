package dev.hemline.control.models;

import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.UndecodableEventException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Fetches published models, for those who want to use one right here. */
public final class PublishedModels {
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private final ModelTopics topics;

    public PublishedModels(KafkaSettings kafka) {
        this.topics = new ModelTopics(kafka);
    }

    /**
     * The version that classifiers are to serve: the pinned one, else the newest.
     *
     * @param name of the model; empty for the one published last
     * @throws UserError if there is none, or it cannot be fetched
     */
    public PublishedModel serving(Optional<String> name) {
        return fetch(topics.catalog().choose(name).serving());
    }

    /**
     * One version.
     *
     * @param name of the model; empty for the one published last
     * @throws UserError if there is no such version, or it cannot be fetched
     */
    public PublishedModel version(Optional<String> name, int version) {
        return fetch(topics.catalog().choose(name).require(version));
    }

    private PublishedModel fetch(ModelVersion version) {
        ModelManifest manifest = version.manifest();
        List<ModelChunk> chunks = new ArrayList<>();
        topics.readModels(event -> keep(event, version, chunks));
        try {
            byte[] archive = ModelChunks.join(manifest, chunks);
            if (!Sha256.hex(archive).equalsIgnoreCase(manifest.getArchive().getSha256())) {
                throw new UserError(title(manifest) + " is damaged: its archive has not the SHA-256 of its manifest");
            }
            return new PublishedModel(manifest, archive);
        } catch (ModelRefusedException e) {
            throw new UserError(title(manifest) + " is not whole on topic models: " + e.getMessage(), e);
        }
    }

    /** A key seen again replaces what it said before, which {@link ModelChunks#join} does in this order. */
    private static void keep(ConsumerRecord<String, byte[]> event, ModelVersion version, List<ModelChunk> chunks) {
        if (event.value() == null || !version.chunkKeys().contains(String.valueOf(event.key()))) {
            return;
        }
        try {
            chunks.add(CHUNKS.decode(event.value()));
        } catch (UndecodableEventException e) {
            throw new UserError(
                    title(version.manifest()) + " is damaged: " + event.key() + " cannot be decoded: " + e.getMessage(),
                    e);
        }
    }

    private static String title(ModelManifest manifest) {
        return "v" + manifest.getVersion() + " of " + manifest.getName();
    }
}
