package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.UndecodableEventException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through topic {@code models}, event by event, and keeps what counts in the end. */
final class CatalogReader {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogReader.class);
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private final Map<String, Found> found = new TreeMap<>();

    private static final class Found {
        final TreeMap<Integer, byte[]> manifests = new TreeMap<>();
        final Map<Integer, Set<String>> chunks = new HashMap<>();
        final Map<String, byte[]> aliases = new HashMap<>();
        int highest;
    }

    void add(ConsumerRecord<String, byte[]> event) {
        ModelKey key;
        try {
            key = ModelKey.parse(String.valueOf(event.key()));
        } catch (IllegalArgumentException e) {
            LOG.debug("Passing over an event: {}", e.getMessage());
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
            if (value == null) {
                keys.remove(event.key());
            } else {
                keys.add(event.key());
            }
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

    Catalog result() {
        Map<String, ModelVersions> models = new TreeMap<>();
        found.forEach((name, model) -> models.put(name, versions(name, model)));
        return new Catalog(models);
    }

    private static ModelVersions versions(String name, Found model) {
        TreeMap<Integer, ModelVersion> versions = new TreeMap<>();
        model.manifests.forEach((number, bytes) -> decode(MANIFESTS, bytes)
                .ifPresent(manifest -> versions.put(
                        number,
                        new ModelVersion(
                                manifest, Objects.requireNonNullElse(model.chunks.get(number), Set.<String>of())))));
        int remembered = alias(model, ModelKey.Alias.LAST_VERSION)
                .map(ModelAlias::getVersion)
                .orElse(0);
        return new ModelVersions(
                name, versions, alias(model, ModelKey.Alias.SERVING), Math.max(model.highest, remembered));
    }

    private static Optional<ModelAlias> alias(Found model, String alias) {
        return Optional.ofNullable(model.aliases.get(alias)).flatMap(bytes -> decode(ALIASES, bytes));
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> Optional<T> decode(
            EventSerde<T> serde, byte[] bytes) {
        try {
            return Optional.of(serde.decode(bytes));
        } catch (UndecodableEventException e) {
            LOG.warn("Passing over an event of topic models: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
