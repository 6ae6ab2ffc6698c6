package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SignedManifest;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topic {@code models} out of the global store that Kafka Streams keeps of it: manifests and aliases as they are, of
 * chunks only their {@link ChunkPlace}. Used by one thread.
 */
public final class GlobalModelStore implements ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(GlobalModelStore.class);
    /** Whoever fills the topic with names fills neither the log nor the heap. */
    private static final int MOST_COMPLAINTS = 1_000;

    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final EventSerde<ModelPolicy> POLICIES = EventSerde.of(ModelPolicy.class);
    private static final EventSerde<ModelChunk> CHUNKS = EventSerde.of(ModelChunk.class);

    private final Supplier<ReadOnlyKeyValueStore<String, byte[]>> store;
    private final Function<List<ChunkPlace>, List<byte[]>> chunks;
    private final Optional<TrustedKeys> trusted;
    private final WriterSchemas writers;
    private final Supplier<Optional<String>> name;
    private final Set<String> complainedAbout = new HashSet<>();

    /**
     * @param chunks fetches an archive when it is needed, as {@link TopicChunks#fetch} does
     * @param trusted keys of which one must have signed a version for its name to be chosen
     * @param writers schemas of other releases
     * @param name the model to serve, asked for each time; where it is empty, the store chooses as
     *     {@link ModelCatalog#meant} does
     */
    public GlobalModelStore(
            Supplier<ReadOnlyKeyValueStore<String, byte[]>> store,
            Function<List<ChunkPlace>, List<byte[]>> chunks,
            Optional<TrustedKeys> trusted,
            WriterSchemas writers,
            Supplier<Optional<String>> name) {
        this.store = store;
        this.chunks = chunks;
        this.trusted = trusted;
        this.writers = writers;
        this.name = name;
    }

    @Override
    public List<ModelManifest> newestFirst() {
        List<SignedManifest> signed = manifests();
        List<ModelManifest> manifests =
                signed.stream().map(SignedManifest::manifest).toList();
        String meant = name.get().or(() -> meant(signed, manifests)).orElse("");
        if (trusted.isPresent()) {
            manifests.stream()
                    .map(ModelManifest::getName)
                    .filter(other -> !other.equals(meant))
                    .forEach(other -> complainOnce(other, "this classifier follows " + meant));
        }
        return manifests.stream()
                .filter(manifest -> manifest.getName().equals(meant))
                .sorted(Comparator.comparingInt(ModelManifest::getVersion).reversed())
                .toList();
    }

    /** Where nothing is signed there is nothing to serve, and the newest is shown as refused. */
    private Optional<String> meant(List<SignedManifest> signed, List<ModelManifest> manifests) {
        return trusted.flatMap(keys -> ModelCatalog.meant(
                        signed.stream()
                                .filter(keys::signed)
                                .map(SignedManifest::manifest)
                                .toList(),
                        true))
                .or(() -> ModelCatalog.meant(manifests, false));
    }

    private List<SignedManifest> manifests() {
        List<SignedManifest> manifests = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store.get().all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                manifest(entry.key, entry.value).ifPresent(manifests::add);
            }
        }
        return manifests;
    }

    /** Empty for other kinds of keys, and for manifests that contradict their own key. */
    private Optional<SignedManifest> manifest(String key, byte[] value) {
        try {
            return ModelKey.parse(key) instanceof ModelKey.Manifest manifest
                    ? Optional.of(ModelCatalog.manifest(manifest, value, writers))
                    : Optional.empty();
        } catch (UndecodableEventException | IllegalArgumentException e) {
            complainOnce(key, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    @Override
    public Optional<Integer> pinned(String name) {
        return named(name, ModelKey.Alias.SERVING);
    }

    @Override
    public Optional<Integer> challenger(String name) {
        return named(name, ModelKey.Alias.CHALLENGER);
    }

    /** Anybody may write anything where nobody signs. */
    @Override
    public double canaryShare(String name) {
        return policy(name)
                .map(ModelPolicy::getCanaryShare)
                .filter(share -> share >= 0 && share <= 1)
                .orElse(0.0);
    }

    private Optional<ModelPolicy> policy(String name) {
        return decoded(new ModelKey.Policy(name), POLICIES);
    }

    /**
     * What stands of the model to serve, without its chunks; empty where there is none, while the topic is still being read, and once it is not
     * any more.
     */
    public Optional<PublishedVersions> standing() {
        try {
            return read();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            LOG.debug("Topic models cannot be looked at now", e);
            return Optional.empty();
        }
    }

    private Optional<PublishedVersions> read() {
        NavigableMap<Integer, PublishedVersion> versions = new TreeMap<>();
        newestFirst()
                .forEach(manifest -> versions.put(manifest.getVersion(), new PublishedVersion(manifest, Set.of())));
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        String model = versions.lastEntry().getValue().manifest().getName();
        Map<String, ModelAlias> steering = new HashMap<>();
        for (String alias : List.of(ModelKey.Alias.SERVING, ModelKey.Alias.CHALLENGER)) {
            alias(model, alias).ifPresent(standing -> steering.put(alias, standing));
        }
        return Optional.of(new PublishedVersions(model, versions.lastKey(), versions, steering, policy(model)));
    }

    /** Version 0 takes one back. */
    private Optional<Integer> named(String name, String alias) {
        return alias(name, alias).map(ModelAlias::getVersion).filter(version -> version > 0);
    }

    private Optional<ModelAlias> alias(String name, String alias) {
        return decoded(new ModelKey.Alias(name, alias), ALIASES);
    }

    private <T extends SpecificRecord> Optional<T> decoded(ModelKey key, EventSerde<T> events) {
        byte[] value = store.get().get(key.toString());
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(events.reading(writers).decode(value));
        } catch (UndecodableEventException e) {
            complainOnce(key.toString(), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** By what stands on the topic: what this release would make of a later one's manifest nobody has signed. */
    @Override
    public void require(TrustedKeys keys, ModelManifest manifest) throws ModelRefusedException {
        String key = new ModelKey.Manifest(manifest.getName(), manifest.getVersion()).toString();
        byte[] value = store.get().get(key);
        Optional<SignedManifest> standing = value == null ? Optional.empty() : manifest(key, value);
        keys.require(standing.filter(signed -> signed.manifest().equals(manifest))
                .orElseGet(() -> SignedManifest.of(manifest)));
    }

    private void complainOnce(String key, String why) {
        if (complainedAbout.size() < MOST_COMPLAINTS && complainedAbout.add(key)) {
            LOG.warn("Ignoring {} on topic models: {}", key, why);
        }
    }

    /** Of chunks that were written over, those that stood before the manifest, as long as compaction has left them. */
    @Override
    public byte[] archive(ModelManifest manifest) throws ModelRefusedException {
        List<byte[]> places = places(manifest);
        List<ChunkPlace> newest = places.stream().map(ChunkPlace::newest).toList();
        List<ChunkPlace> first = places.stream().map(ChunkPlace::first).toList();
        if (!first.equals(newest)) {
            try {
                byte[] archive = archive(manifest, first);
                if (Sha256.hex(archive).equalsIgnoreCase(manifest.getArchive().getSha256())) {
                    return archive;
                }
            } catch (ModelRefusedException e) {
                LOG.debug("What was published first is not there any more", e);
            }
        }
        return archive(manifest, newest);
    }

    private byte[] archive(ModelManifest manifest, List<ChunkPlace> places) throws ModelRefusedException {
        List<ModelChunk> decoded = new ArrayList<>();
        try {
            for (byte[] chunk : chunks.apply(places)) {
                decoded.add(CHUNKS.reading(writers).decode(chunk));
            }
        } catch (UndecodableEventException e) {
            throw new ModelRefusedException(
                    ModelRefusedException.Reason.MISSING_CHUNK, "A chunk is unreadable: " + e.getMessage(), e);
        }
        return ModelChunks.join(manifest, decoded);
    }

    /** Of the chunks that the manifest speaks of; anybody may write others. */
    private List<byte[]> places(ModelManifest manifest) {
        String prefix = new ModelKey.Manifest(manifest.getName(), manifest.getVersion()) + "/chunk-";
        List<byte[]> places = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> range = store.get().range(prefix, prefix + Character.MAX_VALUE)) {
            while (range.hasNext()) {
                KeyValue<String, byte[]> entry = range.next();
                if (ModelChunks.isOf(manifest, entry.key)) {
                    places.add(entry.value);
                }
            }
        }
        return places;
    }
}
