package dev.hemline.model.publish;

import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelPolicy;
import dev.hemline.model.signing.SignedManifest;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What topic {@code models} holds.
 *
 * @param models by name; one whose versions are all retired is still there, with none
 */
public record ModelCatalog(NavigableMap<String, PublishedVersions> models) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** In {@code training}, which is signed: old versions are retired, and their name must not seem younger for that. */
    static final String SINCE = "since";

    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);
    private static final EventSerde<ModelPolicy> POLICIES = EventSerde.of(ModelPolicy.class);

    /**
     * Goes through the topic as it is right now, event by event, committed events only.
     *
     * @param kafka properties of a Kafka client, at least {@code bootstrap.servers}
     * @param each gets the schemas of other releases, too
     * @throws UnknownTopicOrPartitionException if there is no such topic
     * @throws KafkaException if it cannot be read to its end
     */
    public static void readEvents(
            Map<String, Object> kafka, BiConsumer<ConsumerRecord<byte[], byte[]>, WriterSchemas> each) {
        try (TopicReader reader = new TopicReader(kafka)) {
            readEvents(reader, event -> each.accept(event, reader.writers()));
        }
    }

    /**
     * What it holds right now, committed events only; fails as {@link #readEvents} does.
     *
     * @param trusted keys of which one must have signed a version for it to count; empty to count all
     */
    public static ModelCatalog read(Map<String, Object> kafka, Optional<TrustedKeys> trusted) {
        try (TopicReader reader = new TopicReader(kafka)) {
            var collector = new CatalogCollector(trusted, reader.writers());
            readEvents(reader, collector::add);
            return collector.result();
        }
    }

    private static void readEvents(TopicReader reader, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<Topic<?, ?>> topic = List.of(Topics.MODELS);
        // The high watermark, not the last stable offset: a transaction of another model's publisher must not hide
        // versions of
        // this one that were committed after it began.
        var ends = reader.writtenEnds(topic);
        reader.fromBeginning(topic).readTo(ends, PATIENCE, each);
    }

    /** What is published under that name; nothing if nothing ever was. */
    public PublishedVersions of(String name) {
        PublishedVersions found = models.get(name);
        return found == null ? new PublishedVersions(name, 0, new TreeMap<>(), Map.of(), Optional.empty()) : found;
    }

    /**
     * The name that those mean who name none. With keys it is the one whose first version was made first, by what its signer
     * says: a name that comes later takes nothing over, signed or not. Without, whichever was made last.
     */
    public static Optional<String> meant(Collection<ModelManifest> manifests, boolean trusted) {
        Comparator<ModelManifest> byAge = Comparator.comparing(
                        trusted ? ModelCatalog::since : ModelManifest::getCreatedAt)
                .thenComparing(ModelManifest::getName);
        return (trusted ? manifests.stream().min(byAge) : manifests.stream().max(byAge)).map(ModelManifest::getName);
    }

    /** When the first version of its name was made, as far as publishers passed that on; else when this one was. */
    static Instant since(ModelManifest manifest) {
        try {
            String since = manifest.getTraining().get(SINCE);
            return since == null ? manifest.getCreatedAt() : Instant.parse(since);
        } catch (DateTimeParseException e) {
            return manifest.getCreatedAt();
        }
    }

    /**
     * The manifest that stands under a key.
     *
     * @param writers schemas of other releases
     * @throws UndecodableEventException if there is none, or it is another version's
     */
    public static SignedManifest manifest(ModelKey.Manifest key, byte[] value, WriterSchemas writers) {
        SignedManifest signed = SignedManifest.read(value, writers);
        ModelManifest manifest = signed.manifest();
        if (manifest.getName().equals(key.name()) && manifest.getVersion() == key.version()) {
            return signed;
        }
        throw new UndecodableEventException("its manifest is of " + manifest.getName() + " v" + manifest.getVersion());
    }

    /**
     * Why those who trust keys do not follow what was written about an alias that steers, or a policy: nobody signed it, or it is older than
     * what was signed before, and somebody sends it again.
     *
     * @param key one that {@link ModelKey#steers}
     * @param value null for a tombstone, which nobody can sign for good: it goes, and what it took back comes again
     * @param before what was followed so far; null for nothing
     * @param writers schemas of other releases
     * @return empty if it is to be followed
     */
    public static Optional<String> objectionToSteering(
            TrustedKeys trusted,
            String key,
            byte @Nullable [] value,
            Headers headers,
            byte @Nullable [] before,
            WriterSchemas writers) {
        if (value == null && before == null) {
            return Optional.empty();
        }
        if (value == null || !trusted.signed(key, value, headers)) {
            return Optional.of((value == null ? "taking it back is not signed" : "no trusted key signed it")
                    + "; hemline models pin, unpin, policy, challenge, promote and reject take --signing-key");
        }
        try {
            Instant at = setAt(key, value, writers);
            Instant last = before == null ? Instant.MIN : setAt(key, before, writers);
            return at.isAfter(last) || Arrays.equals(value, before)
                    ? Optional.empty()
                    : Optional.of("it was signed at " + at + ", before the one that is followed, at " + last
                            + "; somebody sends it again");
        } catch (UndecodableEventException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Instant setAt(String key, byte[] value, WriterSchemas writers) {
        return ModelKey.parse(key) instanceof ModelKey.Policy
                ? POLICIES.reading(writers).decode(value).getSetAt()
                : ALIASES.reading(writers).decode(value).getSetAt();
    }
}
