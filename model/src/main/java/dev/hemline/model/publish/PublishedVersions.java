package dev.hemline.model.publish;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param newest manifest of the largest version that is still there
 */
record PublishedVersions(int highest, Optional<ModelManifest> newest) {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedVersions.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    /** Reads the topic to its end, committed events only. */
    static PublishedVersions read(String name, Map<String, Object> kafka) {
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
            } else if (key instanceof ModelKey.Alias alias && alias.alias().equals(ModelKey.Alias.LAST_VERSION)) {
                remembered(event.value());
            }
        }

        /** Tombstones of retired versions are compacted away after a while; this is not. */
        private void remembered(byte @Nullable [] alias) {
            try {
                highest = alias == null
                        ? highest
                        : Math.max(highest, ALIASES.decode(alias).getVersion());
            } catch (UndecodableEventException e) {
                LOG.warn("Passing over the last version of model {}: {}", name, e.getMessage());
            }
        }

        PublishedVersions result() {
            EventSerde<ModelManifest> serde = EventSerde.of(ModelManifest.class);
            for (Map.Entry<Integer, byte[]> manifest : manifests.descendingMap().entrySet()) {
                try {
                    return new PublishedVersions(highest, Optional.of(serde.decode(manifest.getValue())));
                } catch (UndecodableEventException e) {
                    LOG.warn("Passing over version {} of model {}: {}", manifest.getKey(), name, e.getMessage());
                }
            }
            return new PublishedVersions(highest, Optional.empty());
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
