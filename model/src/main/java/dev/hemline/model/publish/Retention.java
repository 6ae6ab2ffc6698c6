package dev.hemline.model.publish;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.signing.TrustedKeys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Retires old versions of a model: all but the newest few and the one that is pinned. What serves is one of these.
 *
 * @param keep how many of the newest stay, at least 1
 */
public record Retention(int keep) {
    /** In the {@code training} of a version that was refreshed: the number of the one that was last trained from nothing. */
    public static final String ROOT = "root";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    public Retention {
        if (keep < 1) {
            throw new IllegalArgumentException("at least one version is kept, not " + keep);
        }
    }

    /**
     * The id that all share who say which versions of a model there are and which one serves, so that of two at once the
     * one that began later goes through and the other changes nothing. It is not the publishers'.
     */
    public static String transactionalId(String model) {
        return "hemline-steering-" + model;
    }

    /**
     * First fences whoever steers the model, then looks: nothing is pinned behind our back.
     *
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}
     * @param trusted keys of which one must have signed a version for it to count, kept or retired; empty to count all
     * @param by who retires, for people
     * @return the versions that were retired
     * @throws KafkaException if it is not known whether they were
     */
    public List<Integer> apply(String model, Map<String, Object> kafka, Optional<TrustedKeys> trusted, String by) {
        if (surplus(PublishedVersions.read(model, kafka, trusted)).isEmpty()) {
            return List.of();
        }
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId(model));
        Producer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            PublishedVersions published = PublishedVersions.read(model, kafka, trusted);
            List<Integer> surplus = surplus(published);
            producer.beginTransaction();
            for (int version : surplus) {
                for (var event : published.retirement(version, by)) {
                    // A failed send fails the commit, so nobody waits for this one.
                    var unused = producer.send(event);
                }
            }
            producer.commitTransaction();
            return surplus;
        } finally {
            producer.close(CLOSE_TIMEOUT);
        }
    }

    /** The versions that are not to be kept, oldest first. */
    List<Integer> surplus(PublishedVersions published) {
        return published.versions().keySet().stream()
                .limit(Math.max(0, published.versions().size() - keep))
                .filter(version -> !published.isPinned(version) && !published.isChallenger(version))
                .filter(version -> !isRoot(published, version))
                .toList();
    }

    /** What serves is measured by it when it is refreshed. */
    private static boolean isRoot(PublishedVersions published, int version) {
        return published
                .serving()
                .flatMap(Retention::root)
                .filter(root -> root == version)
                .isPresent();
    }

    /** The version that was last trained from nothing before this one was refreshed; empty if it was trained itself. */
    public static Optional<Integer> root(ModelManifest version) {
        try {
            return Optional.ofNullable(version.getTraining().get(ROOT)).map(Integer::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
