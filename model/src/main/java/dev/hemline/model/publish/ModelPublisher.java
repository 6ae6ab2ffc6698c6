package dev.hemline.model.publish;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.signing.SigningKey;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes versions of one model on topic {@code models}. All publishers of a name share a transactional id, so the
 * latest one started is the only one that can publish: a number is never given twice. Owned by one thread.
 */
public interface ModelPublisher extends AutoCloseable {

    /** As {@link #open(String, Map, Optional)}, without signing. */
    static ModelPublisher open(String name, Map<String, Object> kafka) {
        return open(name, kafka, Optional.empty());
    }

    /**
     * Takes over publishing of that model and looks up what was published before.
     *
     * @param name of the model: lower-case letters, digits and hyphens
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}; topic {@code models} must exist
     * @param signer signs every version that is published; empty to publish unsigned ones
     * @throws KafkaException if the brokers cannot be reached or refuse
     */
    static ModelPublisher open(String name, Map<String, Object> kafka, Optional<SigningKey> signer) {
        return KafkaModelPublisher.open(name, kafka, signer);
    }

    /** The manifest of the newest version there is, published by this publisher or before it. */
    Optional<ModelManifest> newest();

    /**
     * Publishes a version: manifest and chunks, all or nothing.
     *
     * @param draft complete but for name, version, archive and signature, which are filled in here
     * @return the manifest as published, with the next free version
     * @throws FencedPublisherException if another publisher of this model took over
     * @throws KafkaException if it is not known to be published. A commit that nobody confirmed may have happened, so
     *     the number must not be given again: close this publisher and open another, which looks it up
     * @throws IllegalStateException if publishing failed before
     */
    ModelManifest publish(ModelManifest.Builder draft, byte[] archive);

    @Override
    void close();
}
