package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.hemline.event.ExperimentDecision;
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
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads topics {@code models} and {@code model-status} for a person who waits. Every method throws a {@link UserError} if no
 * broker answers, there is no such topic, or what is asked for is not on it.
 */
public final class PublishedModels {
    /** A person waits; longer than this a broker that is there does not take. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
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
     * The version that classifiers serve; where none runs, the one that they would: the pinned one if it is there, else the
     * newest.
     *
     * @param name of the model; empty for the one that classifiers serve, or would without a name and with the same keys
     */
    public ModelManifest serving(Optional<String> name) {
        InstanceReports reports = reports();
        return serving(choose(catalog(), reports, name), reports);
    }

    static ModelManifest serving(PublishedVersions model, InstanceReports reports) {
        return reports.serving(model.name())
                .map(model.versions()::get)
                .map(PublishedVersion::manifest)
                .or(model::serving)
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

    /** The chunks' contents, joined and of the SHA-256 that the manifest says; of those written over, as they were before it. */
    public byte[] archive(ModelManifest manifest) {
        String manifestKey = new ModelKey.Manifest(manifest.getName(), manifest.getVersion()).toString();
        Map<String, ModelChunk> newest = new TreeMap<>();
        Map<String, ModelChunk> published = new TreeMap<>();
        fromTopic(() -> {
            ModelCatalog.readEvents(client, (event, writers) -> {
                String key = event.key() == null ? "" : new String(event.key(), UTF_8);
                if (ModelChunks.isOf(manifest, key)) {
                    newest.remove(key);
                    decode(CHUNKS.reading(writers), event.value()).ifPresent(chunk -> newest.put(key, chunk));
                } else if (key.equals(manifestKey)
                        && decode(MANIFESTS.reading(writers), event.value())
                                .filter(manifest::equals)
                                .isPresent()) {
                    published.clear();
                    published.putAll(newest);
                }
            });
            return newest;
        });
        try {
            return archive(manifest, published.values());
        } catch (UserError e) {
            return archive(manifest, newest.values());
        }
    }

    private static <T extends SpecificRecord> Optional<T> decode(EventSerde<T> events, byte @Nullable [] value) {
        try {
            return value == null ? Optional.empty() : Optional.of(events.decode(value));
        } catch (UndecodableEventException e) {
            return Optional.empty();
        }
    }

    private static byte[] archive(ModelManifest manifest, Collection<ModelChunk> chunks) {
        String title = "v" + manifest.getVersion() + " of " + manifest.getName();
        try {
            byte[] archive = ModelChunks.join(manifest, List.copyOf(chunks));
            if (!Sha256.hex(archive).equalsIgnoreCase(manifest.getArchive().getSha256())) {
                throw new UserError(title + " is damaged: its archive has not the SHA-256 of its manifest");
            }
            return archive;
        } catch (ModelRefusedException e) {
            throw new UserError(title + " is not whole on topic models: " + e.getMessage(), e);
        }
    }

    ModelCatalog catalog() {
        return fromTopic(() -> ModelCatalog.read(client, trusted));
    }

    private <T> T fromTopic(Supplier<T> reading) {
        try {
            return reading.get();
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
        try (TopicReader reader = new TopicReader(client)) {
            return InstanceReports.of(read(reader, Topics.MODEL_STATUS), Instant.now(), reader.writers());
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /** How comparisons of a model's versions stand; none where no challenger has run yet. */
    List<ExperimentRow> experiments(String model) {
        try (TopicReader reader = new TopicReader(client)) {
            return ExperimentRow.of(
                    model,
                    read(reader, Topics.EXPERIMENTS),
                    read(reader, Topics.EXPERIMENT_DECISIONS),
                    reader.writers());
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /** What was decided about a model's versions, in order. */
    List<ExperimentDecision> decisions(String model) {
        try (TopicReader reader = new TopicReader(client)) {
            return ExperimentRow.decisions(model, read(reader, Topics.EXPERIMENT_DECISIONS), reader.writers());
        } catch (KafkaException e) {
            throw KafkaProblem.error(kafka, e);
        }
    }

    /** Nothing where there is no such topic. */
    private static List<ConsumerRecord<byte[], byte[]>> read(TopicReader reader, Topic<?, ?> topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try {
            reader.readAll(topic, PATIENCE, records::add);
        } catch (UnknownTopicOrPartitionException e) {
            records.clear();
        }
        return records;
    }

    /** The model that is meant: the one named, else the one that classifiers serve, else the one that they would. */
    PublishedVersions choose(Optional<String> name) {
        return choose(catalog(), name.isPresent() ? InstanceReports.NONE : reports(), name);
    }

    /** The same, of what was read before. */
    PublishedVersions choose(ModelCatalog catalog, InstanceReports reports, Optional<String> name) {
        List<ModelManifest> manifests = catalog.models().values().stream()
                .flatMap(model -> model.versions().values().stream())
                .map(PublishedVersion::manifest)
                .toList();
        String meant = name.or(() -> served(manifests, reports))
                .or(() -> ModelCatalog.meant(manifests, trusted.isPresent()))
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

    /** Reports are not signed; of names that are not on the topic, or only unsigned, they say nothing. */
    private static Optional<String> served(List<ModelManifest> manifests, InstanceReports reports) {
        Map<String, String> served =
                reports.served(manifests.stream().map(ModelManifest::getName).collect(toSet()));
        if (Set.copyOf(served.values()).size() > 1) {
            throw new UserError("Classifiers serve different models: "
                    + served.entrySet().stream()
                            .map(one -> one.getValue() + " (application id " + one.getKey() + ")")
                            .collect(joining(", "))
                    + "; name the one that is meant");
        }
        return served.values().stream().findFirst();
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
