package dev.hemline.quality.drift;

import dev.hemline.event.ModelReference;
import dev.hemline.model.reference.LogProbabilities;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.NotYetReadableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** References from versions' manifests. Thread-safe. */
final class ManifestReferences implements References {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestReferences.class);
    private static final int REMEMBERED = 64;

    private final LabelNames manifests;
    private final Map<ModelKey.Manifest, Optional<Reference>> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelKey.Manifest, Optional<Reference>> eldest) {
            return size() > REMEMBERED;
        }
    };

    ManifestReferences(LabelNames manifests) {
        this.manifests = manifests;
    }

    @Override
    public synchronized Optional<Reference> of(ModelKey.Manifest version, int classes) {
        Optional<Reference> found = known.get(version);
        if (found == null) {
            List<String> labels = manifests
                    .of(version)
                    .orElseThrow(() ->
                            new NotYetReadableException("The manifest of " + version + " cannot be looked up yet"));
            if (labels.isEmpty()) {
                // It may be published yet.
                return Optional.empty();
            }
            found = manifests.reference(version).flatMap(reference -> read(version, reference, labels.size()));
            known.put(version, found);
        }
        return found.filter(reference -> reference.groups() == LogProbabilities.groups(classes));
    }

    private static Optional<Reference> read(ModelKey.Manifest version, ModelReference reference, int classes) {
        try {
            return Optional.of(Reference.of(reference, classes));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "The reference in the manifest of {} cannot be used ({}); drift is told by its own first results alone",
                    version,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
