package dev.hemline.control.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.CatalogCollector;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.WriterSchemas;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Topic {@code models} as a test wants it, read as commands read it. */
final class Topic {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private final CatalogCollector reader = new CatalogCollector(Optional.empty(), WriterSchemas.NONE);
    private long offset;

    Topic version(String name, int version) {
        put(new ModelKey.Chunk(name, version, 0).toString(), new byte[] {1});
        return put(
                new ModelKey.Manifest(name, version).toString(), MANIFESTS.encode(Manifests.manifest(name, version)));
    }

    Topic alias(String name, String alias, int version) {
        return alias(name, alias, version, "test", Instant.EPOCH);
    }

    Topic policy(String name, ServingPolicy policy, Instant at) {
        return put(
                new ModelKey.Policy(name).toString(),
                EventSerde.of(ModelPolicy.class)
                        .encode(new ModelPolicy(name, policy, at, "test", "because", 0.0, null)));
    }

    Topic alias(String name, String alias, int version, String by, Instant at) {
        ModelAlias value = new ModelAlias(name, alias, version, at, by, "because");
        return put(new ModelKey.Alias(name, alias).toString(), ALIASES.encode(value));
    }

    Topic put(String key, byte @Nullable [] value) {
        reader.add(new ConsumerRecord<>("models", 0, offset++, key.getBytes(UTF_8), value));
        return this;
    }

    /** What chooses among them; it asks no broker. */
    static PublishedModels models() {
        return new PublishedModels(KafkaSettings.of("localhost:9"));
    }

    ModelCatalog catalog() {
        return reader.result();
    }

    /** The model of that name, else the one published last: no classifier runs. */
    PublishedVersions choose(Optional<String> name) {
        return models().choose(catalog(), InstanceReports.NONE, name);
    }
}
