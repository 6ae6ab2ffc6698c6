package dev.hemline.quickstart.demo;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A model that somebody trained before, for a demo to begin with.
 *
 * @param manifest what it is
 * @param archive TorchScript
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record PretrainedModel(ModelManifest manifest, byte[] archive) {
    /** @throws UserError if there is none in that folder, or a damaged one */
    static PretrainedModel read(Path folder) {
        try {
            ModelManifest manifest = new ModelFolder(folder).manifest();
            return new PretrainedModel(manifest, new ModelFolder(folder).archive(manifest));
        } catch (IOException e) {
            throw new UserError(
                    "--pretrained: no model can be read from " + folder
                            + ", which should hold model.pt and manifest.json: " + e.getMessage(),
                    e);
        }
    }

    /** Publishes it unless there is a model already, as in a demo that goes on. */
    void publish(KafkaSettings kafka, DemoFolder folder) {
        try (var publisher = ModelPublisher.open(
                manifest.getName(), kafka.client(Map.of()), Optional.of(SigningKey.read(folder.signingKey())))) {
            if (publisher.versions().newest().isEmpty()) {
                publisher.publish(ModelManifest.newBuilder(manifest), archive);
            }
        } catch (KeyFileException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        }
    }
}
