package dev.hemline.model.publish;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What topic {@code models} holds under one name.
 *
 * @param highest largest version that a manifest, chunk or tombstone was seen of, or that alias {@code last-version}
 *     remembers; 0 for none; never to be used again
 * @param versions those that are still there, by number
 * @param pinned the version that is pinned, whether it is there or not
 */
public record PublishedVersions(
        int highest, NavigableMap<Integer, PublishedVersion> versions, Optional<Integer> pinned) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedVersions.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    /** Numbers up to this one were given, and nothing is left of them. */
    static PublishedVersions upTo(int highest) {
        return new PublishedVersions(highest, new TreeMap<>(), Optional.empty());
    }

    /** The largest version that is still there. */
    public Optional<ModelManifest> newest() {
        return Optional.ofNullable(versions.lastEntry())
                .map(entry -> entry.getValue().manifest());
    }

    /** What classifiers serve: the version that is pinned, else the newest. */
    public Optional<ModelManifest> serving() {
        return pinned.map(versions::get).map(PublishedVersion::manifest).or(this::newest);
    }

    /** Reads the topic to its end, committed events only. */
    public static PublishedVersions read(String name, Map<String, Object> kafka) {
        Collector collector = new Collector(name);
        new CommittedTopic(Topics.MODELS.name()).read(kafka, collector::add);
        return collector.result();
    }

    static PublishedVersions read(String name, Consumer<String, byte[]> consumer, long end) {
        Collector collector = new Collector(name);
        new CommittedTopic(Topics.MODELS.name()).read(consumer, end, collector::add);
        return collector.result();
    }

    /** Goes through the topic and keeps what concerns one name. */
    private static final class Collector {
        private final String name;
        private final TreeMap<Integer, byte[]> manifests = new TreeMap<>();
        private final Map<Integer, Set<String>> chunks = new HashMap<>();
        private Optional<Integer> pinned = Optional.empty();
        private int highest;

        Collector(String name) {
            this.name = name;
        }

        void add(ConsumerRecord<String, byte[]> event) {
            ModelKey key = parse(event.key());
            if (key == null || !key.name().equals(name)) {
                return;
            }
            if (key instanceof ModelKey.Manifest manifest) {
                highest = Math.max(highest, manifest.version());
                if (event.value() == null) {
                    manifests.remove(manifest.version());
                } else {
                    manifests.put(manifest.version(), event.value());
                }
            } else if (key instanceof ModelKey.Chunk chunk) {
                highest = Math.max(highest, chunk.version());
                Set<String> keys = chunks.computeIfAbsent(chunk.version(), version -> new TreeSet<>());
                if (event.value() == null) {
                    keys.remove(event.key());
                } else {
                    keys.add(event.key());
                }
            } else if (key instanceof ModelKey.Alias alias) {
                add(alias, aliased(event.value()));
            }
        }

        private void add(ModelKey.Alias key, Optional<Integer> version) {
            if (key.alias().equals(ModelKey.Alias.SERVING)) {
                pinned = version;
            } else if (key.alias().equals(ModelKey.Alias.LAST_VERSION)) {
                // Tombstones of retired versions are compacted away after a while; this is not.
                highest = Math.max(highest, version.orElse(0));
            }
        }

        private Optional<Integer> aliased(byte @Nullable [] alias) {
            try {
                return alias == null
                        ? Optional.empty()
                        : Optional.of(ALIASES.decode(alias).getVersion());
            } catch (UndecodableEventException e) {
                LOG.warn("Passing over an alias of model {}: {}", name, e.getMessage());
                return Optional.empty();
            }
        }

        PublishedVersions result() {
            EventSerde<ModelManifest> serde = EventSerde.of(ModelManifest.class);
            NavigableMap<Integer, PublishedVersion> versions = new TreeMap<>();
            manifests.forEach((version, bytes) -> {
                try {
                    Set<String> keys = chunks.getOrDefault(version, Set.of());
                    versions.put(version, new PublishedVersion(serde.decode(bytes), keys));
                } catch (UndecodableEventException e) {
                    LOG.warn("Passing over version {} of model {}: {}", version, name, e.getMessage());
                }
            });
            return new PublishedVersions(highest, versions, pinned);
        }

        private static @Nullable ModelKey parse(@Nullable String key) {
            try {
                return key == null ? null : ModelKey.parse(key);
            } catch (IllegalArgumentException e) {
                LOG.warn("Passing over an event of topic {}: {}", Topics.MODELS, e.getMessage());
                return null;
            }
        }
    }
}
