package dev.hemline.model.publish;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What topic {@code models} holds under one name.
 *
 * @param highest largest version that a manifest was seen of; or a chunk or tombstone, or that alias {@code last-version}
 *     remembers, unless that is absurdly far beyond; 0 for none; never to be used again
 * @param versions those that are still there, by number
 * @param steering by alias, what was last written about those that decide which version answers; version 0 takes one back
 * @param policy who decides that, if anybody has said so
 */
public record PublishedVersions(
        String name,
        int highest,
        NavigableMap<Integer, PublishedVersion> versions,
        Map<String, ModelAlias> steering,
        Optional<ModelPolicy> policy) {
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    /** As {@link #read(String, Map, Optional)}, whoever signed them. */
    public static PublishedVersions read(String name, Map<String, Object> kafka) {
        return read(name, kafka, Optional.empty());
    }

    /**
     * Reads the topic to its end, committed events only; fails as {@link ModelCatalog#readEvents} does.
     *
     * @param trusted keys of which one must have signed a version for it to count; empty to count all
     */
    public static PublishedVersions read(String name, Map<String, Object> kafka, Optional<TrustedKeys> trusted) {
        return ModelCatalog.read(kafka, trusted).of(name);
    }

    /** Who decides which version serves. */
    public ServingPolicy servingPolicy() {
        return policy.map(ModelPolicy::getPolicy).orElse(ServingPolicy.IMMEDIATE);
    }

    /** The share of events that a challenger newer than what is pinned answers in its place, 0 to 1. */
    public double canaryShare() {
        return policy.map(ModelPolicy::getCanaryShare).orElse(0.0);
    }

    /** What pins a version, whether that is there or not. */
    public Optional<ModelAlias> pin() {
        return standing(ModelKey.Alias.SERVING);
    }

    /** What names the version that challengers answer with, whether that is there or not. */
    public Optional<ModelAlias> challenger() {
        return standing(ModelKey.Alias.CHALLENGER);
    }

    /** The same, where that version is there and is not the one that serves. */
    public Optional<ModelAlias> shadowing() {
        Optional<Integer> serving = serving().map(ModelManifest::getVersion);
        return challenger()
                .filter(alias -> versions.containsKey(alias.getVersion())
                        && serving.filter(version -> version == alias.getVersion())
                                .isEmpty());
    }

    private Optional<ModelAlias> standing(String alias) {
        return Optional.ofNullable(steering.get(alias)).filter(known -> known.getVersion() > 0);
    }

    /** The largest version that is still there. */
    public Optional<ModelManifest> newest() {
        return Optional.ofNullable(versions.lastEntry())
                .map(entry -> entry.getValue().manifest());
    }

    /** What classifiers serve: the version that is pinned, else the newest. */
    public Optional<ModelManifest> serving() {
        return pin().map(alias -> versions.get(alias.getVersion()))
                .map(PublishedVersion::manifest)
                .or(this::newest);
    }

    /** Whether that version is pinned. */
    public boolean isPinned(int version) {
        return pin().filter(alias -> alias.getVersion() == version).isPresent();
    }

    /** Whether challengers answer with that version. */
    public boolean isChallenger(int version) {
        return challenger().filter(alias -> alias.getVersion() == version).isPresent();
    }

    /** Those that are still there, the largest version first. */
    public List<PublishedVersion> newestFirst() {
        return List.copyOf(versions.descendingMap().values());
    }

    /**
     * What takes a version off the topic, to be sent in this order and in one transaction: the number first and the chunks
     * last, so that a reader never sees a manifest whose chunks are gone.
     *
     * @param version one that is there
     * @param by who retires it, for people
     */
    public List<ProducerRecord<String, byte[]>> retirement(int version, String by) {
        String last = ModelKey.Alias.LAST_VERSION;
        byte[] remembered =
                ALIASES.encode(new ModelAlias(name, last, highest, Instant.now(), by, "v" + version + " was retired"));
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        events.add(new ProducerRecord<>(Topics.MODELS.name(), new ModelKey.Alias(name, last).toString(), remembered));
        events.add(tombstone(new ModelKey.Manifest(name, version).toString()));
        Objects.requireNonNull(versions.get(version)).chunkKeys().stream()
                .sorted()
                .map(PublishedVersions::tombstone)
                .forEach(events::add);
        return events;
    }

    private static ProducerRecord<String, byte[]> tombstone(String key) {
        return new ProducerRecord<>(Topics.MODELS.name(), key, null);
    }
}
