package dev.hemline.model.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.model.signing.SignedManifest;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through topic {@code models}, event by event, and keeps what counts in the end. Used by one thread. */
public final class CatalogCollector {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogCollector.class);
    /**
     * How far beyond the highest manifest that counts a tombstone, a chunk or an alias is believed: nobody signs these, and
     * one of them must not use up the numbers. Ten thousand versions are one an hour for more than a year.
     */
    private static final int LARGEST_LEAP = 10_000;

    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final EventSerde<ModelPolicy> POLICIES = EventSerde.of(ModelPolicy.class);

    private final Map<String, Found> found = new TreeMap<>();
    private final Optional<TrustedKeys> trusted;
    private final WriterSchemas writers;
    private int untrusted;
    private String lastUntrusted = "";

    /** Of one name. */
    private static final class Found {
        final NavigableMap<Integer, ModelManifest> manifests = new TreeMap<>();
        final Map<Integer, Set<String>> chunks = new HashMap<>();
        final Map<String, byte[]> aliases = new HashMap<>();

        byte @Nullable [] policy;
        /** Numbers of which anything was seen, whoever sent it. */
        final NavigableSet<Integer> claimed = new TreeSet<>();

        int highestManifest;
    }

    /**
     * Of nothing yet.
     *
     * @param trusted keys of which one must have signed a manifest for it to count; empty to count all
     * @param writers schemas of other releases
     */
    public CatalogCollector(Optional<TrustedKeys> trusted, WriterSchemas writers) {
        this.trusted = trusted;
        this.writers = writers;
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
            model.claimed.add(manifest.version());
            addManifest(model, manifest, value);
        } else if (key instanceof ModelKey.Chunk chunk) {
            model.claimed.add(chunk.version());
            Set<String> keys = model.chunks.computeIfAbsent(chunk.version(), version -> new TreeSet<>());
            var unused = value == null ? keys.remove(text) : keys.add(text);
        } else if (key instanceof ModelKey.Alias alias) {
            if (isFollowed(key, value, event.headers(), model.aliases.get(alias.alias()))) {
                var unused =
                        value == null ? model.aliases.remove(alias.alias()) : model.aliases.put(alias.alias(), value);
            }
        } else if (isFollowed(key, value, event.headers(), model.policy)) {
            model.policy = value;
        }
    }

    private boolean isFollowed(ModelKey key, byte @Nullable [] value, Headers headers, byte @Nullable [] before) {
        Optional<String> objection = ModelKey.steers(key.toString())
                ? trusted.flatMap(
                        keys -> ModelCatalog.objectionToSteering(keys, key.toString(), value, headers, before, writers))
                : Optional.empty();
        objection.ifPresent(why -> LOG.warn("Passing over {} on topic {}: {}", key, Topics.MODELS, why));
        return objection.isEmpty();
    }

    private void addManifest(Found model, ModelKey.Manifest key, byte @Nullable [] value) {
        Optional<SignedManifest> manifest =
                value == null ? Optional.empty() : decode(() -> ModelCatalog.manifest(key, value, writers));
        if (manifest.isPresent() && trusted.isPresent() && !trusted.get().signed(manifest.get())) {
            untrusted++;
            lastUntrusted = key.toString();
        } else if (manifest.isPresent()) {
            model.manifests.put(key.version(), manifest.get().manifest());
            model.highestManifest = Math.max(model.highestManifest, key.version());
        } else if (value == null || trusted.isEmpty()) {
            model.manifests.remove(key.version());
        }
    }

    public ModelCatalog result() {
        if (untrusted > 0) {
            LOG.warn(
                    "Passed over {} manifests on topic {} that no trusted key has signed, the last one {}",
                    untrusted,
                    Topics.MODELS,
                    lastUntrusted);
        }
        NavigableMap<String, PublishedVersions> models = new TreeMap<>();
        found.forEach((name, model) -> models.put(name, versions(name, model)));
        return new ModelCatalog(models);
    }

    private PublishedVersions versions(String name, Found model) {
        NavigableMap<Integer, PublishedVersion> versions = new TreeMap<>();
        model.manifests.forEach((number, manifest) ->
                versions.put(number, new PublishedVersion(manifest, model.chunks.getOrDefault(number, Set.of()))));
        // Tombstones of retired versions are compacted away after a while; this is not.
        alias(model, ModelKey.Alias.LAST_VERSION).map(ModelAlias::getVersion).ifPresent(model.claimed::add);
        Integer claimed = model.claimed.floor(Math.min(ModelKey.HIGHEST_VERSION, model.highestManifest + LARGEST_LEAP));
        return new PublishedVersions(
                name,
                Math.max(model.highestManifest, claimed == null ? 0 : claimed),
                versions,
                steering(model),
                Optional.ofNullable(model.policy)
                        .flatMap(bytes -> decode(() -> POLICIES.reading(writers).decode(bytes))));
    }

    private Map<String, ModelAlias> steering(Found model) {
        Map<String, ModelAlias> steering = new TreeMap<>();
        for (String name : List.of(ModelKey.Alias.SERVING, ModelKey.Alias.CHALLENGER)) {
            alias(model, name).ifPresent(alias -> steering.put(name, alias));
        }
        return steering;
    }

    private Optional<ModelAlias> alias(Found model, String alias) {
        return Optional.ofNullable(model.aliases.get(alias))
                .flatMap(bytes -> decode(() -> ALIASES.reading(writers).decode(bytes)));
    }

    private static <T> Optional<T> decode(Supplier<T> event) {
        try {
            return Optional.of(event.get());
        } catch (UndecodableEventException e) {
            LOG.warn("Passing over an event of topic {}: {}", Topics.MODELS, e.getMessage());
            return Optional.empty();
        }
    }
}
