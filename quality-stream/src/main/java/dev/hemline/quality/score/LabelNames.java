package dev.hemline.quality.score;

import dev.hemline.event.ModelReference;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.reference.Calibration;
import dev.hemline.model.signing.SignedManifest;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.Texts;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.UndecodableEventException;
import dev.hemline.topic.WriterSchemas;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The names of a version's classes, and what else its manifest on topic {@code models} tells. Thread-safe. */
public final class LabelNames {
    private static final int REMEMBERED = 64;
    /** As many versions as have cells of confusion matrices; their manifests are in the store anyway. */
    private static final int DISTRUSTED_REMEMBERED = 500;
    /** A name is a label of many series. */
    private static final int MAX_NAME_CHARS = 200;

    private final Supplier<ReadOnlyKeyValueStore<String, byte[]>> models;
    private final Optional<TrustedKeys> trusted;
    private final WriterSchemas writers;
    private final Map<ModelKey.Manifest, Facts> known = new LeastRecentlyUsed<>(REMEMBERED);
    /** What nobody trusted has signed, as it was when that was found: to check a signature is dear. */
    private final Map<ModelKey.Manifest, byte[]> distrusted = new LeastRecentlyUsed<>(DISTRUSTED_REMEMBERED);

    private static final class LeastRecentlyUsed<V> extends LinkedHashMap<ModelKey.Manifest, V> {
        private static final long serialVersionUID = 1;

        private final int most;

        LeastRecentlyUsed(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelKey.Manifest, V> eldest) {
            return size() > most;
        }
    }

    /** What is taken from a manifest. */
    private record Facts(List<String> labels, Optional<ModelReference> reference, boolean calibrated) {}

    /** Whoever signed them. */
    public LabelNames(Supplier<ReadOnlyKeyValueStore<String, byte[]>> models) {
        this(models, Optional.empty(), WriterSchemas.NONE);
    }

    /**
     * @param models everything on topic {@code models}
     * @param trusted keys of which one must have signed a version for it to have names; empty to take all
     * @param writers schemas of other releases
     */
    public LabelNames(
            Supplier<ReadOnlyKeyValueStore<String, byte[]>> models,
            Optional<TrustedKeys> trusted,
            WriterSchemas writers) {
        this.models = models;
        this.trusted = trusted;
        this.writers = writers;
    }

    /**
     * The names by class; none where the version is not on its topic any more. Empty as long as that cannot be looked up,
     * because the topic is still being read.
     */
    public Optional<List<String>> of(ModelKey.Manifest version) {
        return facts(version).map(Facts::labels);
    }

    /** What it answered to the images it was validated with; empty where its manifest does not tell, or cannot be looked up. */
    public Optional<ModelReference> reference(ModelKey.Manifest version) {
        return facts(version).flatMap(Facts::reference);
    }

    /** As many of those answers were at least that confident as were right; empty where its manifest does not tell. */
    public OptionalDouble confidenceThreshold(ModelKey.Manifest version) {
        return reference(version).stream()
                .mapToDouble(ModelReference::getConfidenceThreshold)
                .filter(threshold -> threshold >= 0 && threshold <= 1)
                .findAny();
    }

    /** Whether its manifest tells that it was made as sure of its answers as it is right. */
    public boolean calibrated(ModelKey.Manifest version) {
        return facts(version).filter(Facts::calibrated).isPresent();
    }

    private synchronized Optional<Facts> facts(ModelKey.Manifest version) {
        Facts facts = known.get(version);
        if (facts != null) {
            return Optional.of(facts);
        }
        Optional<Facts> none = Optional.of(new Facts(List.of(), Optional.empty(), false));
        try {
            byte[] manifest = models.get().get(version.toString());
            if (manifest == null || Arrays.equals(manifest, distrusted.get(version))) {
                return none;
            }
            SignedManifest found = ModelCatalog.manifest(version, manifest, writers);
            if (trusted.isPresent() && !trusted.get().signed(found)) {
                distrusted.put(version, manifest);
                return none;
            }
            facts = new Facts(
                    List.copyOf(found.manifest().getLabels()),
                    Optional.ofNullable(found.manifest().getReference()),
                    Calibration.isOf(found.manifest()));
            known.put(version, facts);
            return Optional.of(facts);
        } catch (UndecodableEventException e) {
            return none;
        } catch (InvalidStateStoreException | NotYetReadableException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Whether a version is on its topic, as far as that can be looked up. */
    public boolean knows(ModelKey.Manifest version) {
        return of(version).filter(names -> !names.isEmpty()).isPresent();
    }

    /** One class by its name, or by its number where it has none. */
    public static String name(List<String> names, int label) {
        return label >= 0 && label < names.size()
                ? Texts.printable(names.get(label), MAX_NAME_CHARS)
                : Integer.toString(label);
    }
}
