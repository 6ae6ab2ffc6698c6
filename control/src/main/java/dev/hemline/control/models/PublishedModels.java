package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Reads topics {@code models} and {@code model-status} for a person who waits. Every method throws a {@link UserError} if no
 * broker answers, there is no such topic, or what is asked for is not on it.
 */
public final class PublishedModels {
    /** A person waits; longer than this a broker that is there does not take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private final KafkaSettings kafka;
    private final Optional<TrustedKeys> trusted;
    private final Map<String, Object> client;

    /** Whoever signed them. */
    public PublishedModels(KafkaSettings kafka) {
        this(kafka, Optional.empty());
    }

    /** @param trusted keys of which one must have signed a version for it to be there; empty to take all */
    public PublishedModels(KafkaSettings kafka, Optional<TrustedKeys> trusted) {
        this.kafka = kafka;
        this.trusted = trusted;
        int patience = Math.toIntExact(PATIENCE.toMillis());
        this.client = kafka.client(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, patience,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, patience));
    }

    /**
     * The version that classifiers are to serve: the pinned one if it is there, else the newest.
     *
     * @param name of the model; empty for the one that classifiers choose, who have the same keys and no name
     */
    public ModelManifest serving(Optional<String> name) {
        PublishedVersions model = choose(name);
        return model.serving()
                .orElseThrow(
                        () -> new UserError("Every version of " + model.name() + " was retired; there is none to use"));
    }

    /**
     * One version.
     *
     * @param name of the model; empty as for {@link #serving}
     */
    public ModelManifest version(Optional<String> name, int version) {
        return require(choose(name), version).manifest();
    }

    /** The chunks' contents, joined and of the SHA-256 that the manifest says. */
    public byte[] archive(ModelManifest manifest) {
        String prefix = new ModelKey.Manifest(manifest.getName(), manifest.getVersion()) + "/";
        Map<String, byte[]> chunks = new TreeMap<>();
        readModels(event -> {
            String key = event.key() == null ? "" : new String(event.key(), UTF_8);
            if (event.value() == null) {
                chunks.remove(key);
            } else if (key.startsWith(prefix)) {
                chunks.put(key, event.value());
            }
        });
        String title = "v" + manifest.getVersion() + " of " + manifest.getName();
        List<ModelChunk> decoded = new ArrayList<>();
        chunks.forEach((key, value) -> decoded.add(decode(title, key, value)));
        try {
            byte[] archive = ModelChunks.join(manifest, decoded);
            if (!Sha256.hex(archive).equalsIgnoreCase(manifest.getArchive().getSha256())) {
                throw new UserError(title + " is damaged: its archive has not the SHA-256 of its manifest");
            }
            return archive;
        } catch (ModelRefusedException e) {
            throw new UserError(title + " is not whole on topic models: " + e.getMessage(), e);
        }
    }

    private static ModelChunk decode(String title, String key, byte[] chunk) {
        try {
            return CHUNKS.decode(chunk);
        } catch (UndecodableEventException e) {
            throw new UserError(title + " is damaged: " + key + " cannot be decoded: " + e.getMessage(), e);
        }
    }

    ModelCatalog catalog() {
        ModelCatalog.Collector collector = new ModelCatalog.Collector(trusted);
        readModels(collector::add);
        return collector.result();
    }

    private void readModels(Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try {
            ModelCatalog.readEvents(client, each);
        } catch (UnknownTopicOrPartitionException e) {
            throw new UserError(
                    "There is no topic models at " + kafka.bootstrapServers()
                            + "; is --bootstrap-servers right? A trainer or classifier makes the topic",
                    e);
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /** What instances say that were heard of lately; none where no classifier has run yet. */
    InstanceReports reports() {
        List<ConsumerRecord<byte[], byte[]>> events = new ArrayList<>();
        try (TopicReader reader = new TopicReader(client)) {
            reader.readAll(Topics.MODEL_STATUS, PATIENCE, events::add);
        } catch (UnknownTopicOrPartitionException e) {
            return new InstanceReports(List.of(), 0);
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
        return InstanceReports.of(events, Instant.now());
    }

    /** The model that is meant: the one named, else the one that classifiers choose. */
    PublishedVersions choose(Optional<String> name) {
        return choose(catalog(), name);
    }

    /** The same, of a catalog that was read before. */
    PublishedVersions choose(ModelCatalog catalog, Optional<String> name) {
        List<ModelManifest> manifests = catalog.models().values().stream()
                .flatMap(model -> model.versions().values().stream())
                .map(PublishedVersion::manifest)
                .toList();
        String meant = name.or(() -> ModelCatalog.meant(manifests, trusted.isPresent()))
                .orElseThrow(() -> new UserError(
                        trusted.isPresent()
                                ? "There is no model on topic models that a trusted key signed; hemline models list without"
                                        + " --trusted-keys shows what there is"
                                : "There is no model on topic models yet; a trainer or hemline models publish puts one"
                                        + " there"));
        PublishedVersions model = catalog.models().get(meant);
        if (model == null) {
            throw new UserError("There is no model " + meant + " on topic models"
                    + (catalog.models().isEmpty()
                            ? ", nor any other"
                            : "; there is: "
                                    + String.join(", ", catalog.models().keySet())));
        }
        return model;
    }

    static PublishedVersion require(PublishedVersions model, int version) {
        PublishedVersion found = model.versions().get(version);
        if (found == null) {
            List<String> numbers = model.versions().keySet().stream()
                    .map(number -> "v" + number)
                    .toList();
            throw new UserError("There is no v" + version + " of " + model.name() + "; there "
                    + (numbers.isEmpty() ? "is no version at all" : "are " + String.join(", ", numbers))
                    + (version <= model.highest() && version > 0 ? ", and v" + version + " was retired" : ""));
        }
        return found;
    }
}
