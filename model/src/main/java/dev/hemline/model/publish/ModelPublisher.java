package dev.hemline.model.publish;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.signing.SignedManifest;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Publishes versions of one model on topic {@code models}. All publishers of a name share a transactional id, so the
 * latest one started is the only one that can publish: a number is never given twice. Owned by one thread.
 */
public interface ModelPublisher extends AutoCloseable {

    /** Settings of a publisher whose manifests may be larger than a chunk, if they can be made as small. */
    Map<String, Object> COMPRESSED = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "gzip",
            ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG,
            Deflater.BEST_SPEED);

    /** Manifests stay in the heap of every classifier, each of them. */
    int LARGEST_MANIFEST_BYTES = SignedManifest.LARGEST_BYTES;

    /** As {@link #open(String, Map, Optional)}, without signing. */
    static ModelPublisher open(String name, Map<String, Object> kafka) {
        return open(name, kafka, Optional.empty());
    }

    /** As {@link #open(String, Map, Optional, Optional)}; with a signer, only what that key signed counts. */
    static ModelPublisher open(String name, Map<String, Object> kafka, Optional<SigningKey> signer) {
        return open(name, kafka, signer, signer.map(key -> TrustedKeys.of(key.trustedKey())));
    }

    /**
     * Takes over publishing of that model and looks up what was published before.
     *
     * @param name of the model: lower-case letters, digits and hyphens
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}; topic {@code models} must exist
     * @param signer signs every version that is published; empty to publish unsigned ones
     * @param trusted keys of which one must have signed a version for it to count; empty to count all
     * @throws KafkaException if the brokers cannot be reached or refuse
     */
    static ModelPublisher open(
            String name, Map<String, Object> kafka, Optional<SigningKey> signer, Optional<TrustedKeys> trusted) {
        return KafkaModelPublisher.open(name, kafka, signer, trusted);
    }

    /**
     * What stands on the topic right now, read anew.
     *
     * @throws KafkaException if it cannot be read
     */
    PublishedVersions versions();

    /**
     * Publishes a version: manifest and chunks, all or nothing.
     *
     * @param draft complete but for name, version, archive and signature, which are filled in here
     * @return the manifest as published, with the next free version, and with as many of its golden images as there is room
     *     for
     * @throws IllegalArgumentException if there is no further number, or no room for even one golden image
     * @throws FencedPublisherException if another publisher of this model took over
     * @throws KafkaException if it is not known to be published. A commit that nobody confirmed may have happened, so
     *     the number must not be given again: close this publisher and open another, which looks it up
     * @throws IllegalStateException if publishing failed before
     */
    ModelManifest publish(ModelManifest.Builder draft, byte[] archive);

    /**
     * Commits how far a consumer group has got, as nobody can who was taken over from: so it tells that, too.
     *
     * @throws FencedPublisherException if another publisher of this model took over
     * @throws KafkaException if it is not known to be committed; close this publisher and open another
     * @throws IllegalStateException if publishing failed before
     */
    void commitOffsets(ConsumerGroupMetadata group, Map<TopicPartition, OffsetAndMetadata> offsets);

    @Override
    void close();
}
