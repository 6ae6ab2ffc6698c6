package dev.hemline.model.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What topic {@code models} holds.
 *
 * @param models by name; one whose versions are all retired is still there, with none
 */
public record ModelCatalog(NavigableMap<String, PublishedVersions> models) {
    private static final Logger LOG = LoggerFactory.getLogger(ModelCatalog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    /**
     * Goes through the topic as it is right now, event by event, committed events only.
     *
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}
     * @throws UnknownTopicOrPartitionException if there is no such topic
     * @throws KafkaException if it cannot be read to its end
     */
    public static void readEvents(Map<String, Object> kafka, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (TopicReader reader = new TopicReader(kafka)) {
            List<Topic<?, ?>> topic = List.of(Topics.MODELS);
            // The high watermark, not the last stable offset: a transaction of another model's publisher must not hide
            // versions of this one that were committed after it began.
            var ends = reader.writtenEnds(topic);
            reader.fromBeginning(topic).readTo(ends, PATIENCE, each);
        }
    }

    /** What is published under that name; nothing if nothing ever was. */
    public PublishedVersions of(String name) {
        PublishedVersions found = models.get(name);
        return found == null ? new PublishedVersions(name, 0, new TreeMap<>(), Optional.empty()) : found;
    }

    /** Goes through the topic, event by event, and keeps what counts in the end. */
    public static final class Collector {
        private final Map<String, Found> found = new TreeMap<>();

        private static final class Found {
            final Map<Integer, byte[]> manifests = new HashMap<>();
            final Map<Integer, Set<String>> chunks = new HashMap<>();
            final Map<String, byte[]> aliases = new HashMap<>();
            int highest;
        }

        public void add(ConsumerRecord<byte[], byte[]> event) {
            String text = event.key() == null ? "" : new String(event.key(), UTF_8);
            ModelKey key;
            try {
                key = ModelKey.parse(text);
            } catch (IllegalArgumentException e) {
                LOG.debug("Passing over an event of topic {}: {}", Topics.MODELS, e.getMessage());
                return;
            }
            Found model = found.computeIfAbsent(key.name(), name -> new Found());
            byte @Nullable [] value = event.value();
            if (key instanceof ModelKey.Manifest manifest) {
                model.highest = Math.max(model.highest, manifest.version());
                putOrRemove(model.manifests, manifest.version(), value);
            } else if (key instanceof ModelKey.Chunk chunk) {
                model.highest = Math.max(model.highest, chunk.version());
                Set<String> keys = model.chunks.computeIfAbsent(chunk.version(), version -> new TreeSet<>());
                var unused = value == null ? keys.remove(text) : keys.add(text);
            } else if (key instanceof ModelKey.Alias alias) {
                putOrRemove(model.aliases, alias.alias(), value);
            }
        }

        private static <K> void putOrRemove(Map<K, byte[]> map, K key, byte @Nullable [] value) {
            if (value == null) {
                map.remove(key);
            } else {
                map.put(key, value);
            }
        }

        public ModelCatalog result() {
            NavigableMap<String, PublishedVersions> models = new TreeMap<>();
            found.forEach((name, model) -> models.put(name, versions(name, model)));
            return new ModelCatalog(models);
        }

        private static PublishedVersions versions(String name, Found model) {
            NavigableMap<Integer, PublishedVersion> versions = new TreeMap<>();
            model.manifests.forEach((number, bytes) -> decode(MANIFESTS, bytes)
                    .ifPresent(manifest -> versions.put(
                            number, new PublishedVersion(manifest, model.chunks.getOrDefault(number, Set.of())))));
            // Tombstones of retired versions are compacted away after a while; this is not.
            int remembered = alias(model, ModelKey.Alias.LAST_VERSION)
                    .map(ModelAlias::getVersion)
                    .orElse(0);
            return new PublishedVersions(
                    name, Math.max(model.highest, remembered), versions, alias(model, ModelKey.Alias.SERVING));
        }

        private static Optional<ModelAlias> alias(Found model, String alias) {
            return Optional.ofNullable(model.aliases.get(alias)).flatMap(bytes -> decode(ALIASES, bytes));
        }

        private static <T extends SpecificRecord> Optional<T> decode(EventSerde<T> serde, byte[] bytes) {
            try {
                return Optional.of(serde.decode(bytes));
            } catch (UndecodableEventException e) {
                LOG.warn("Passing over an event of topic {}: {}", Topics.MODELS, e.getMessage());
                return Optional.empty();
            }
        }
    }
}
