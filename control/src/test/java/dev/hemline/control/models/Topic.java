package dev.hemline.control.models;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Topic {@code models} as a test wants it, read as commands read it. */
final class Topic {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private final CatalogReader reader = new CatalogReader();
    private long offset;

    Topic version(String name, int version) {
        put(new ModelKey.Chunk(name, version, 0).toString(), new byte[] {1});
        return put(
                new ModelKey.Manifest(name, version).toString(), MANIFESTS.encode(Manifests.manifest(name, version)));
    }

    Topic alias(String name, String alias, int version) {
        ModelAlias value = new ModelAlias(name, alias, version, Instant.EPOCH, "test", "because");
        return put(new ModelKey.Alias(name, alias).toString(), ALIASES.encode(value));
    }

    Topic put(String key, byte @Nullable [] value) {
        reader.add(new ConsumerRecord<>("models", 0, offset++, key, value));
        return this;
    }

    Catalog catalog() {
        return reader.result();
    }
}
