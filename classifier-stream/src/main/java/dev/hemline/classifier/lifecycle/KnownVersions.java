package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Remembers what each version was when this instance first saw it, so that a version stays what it was: results name a
 * version and must mean the same model by it. Used by one thread.
 */
final class KnownVersions {
    private final Map<String, ModelContent> firstSeen = new HashMap<>();

    void see(Collection<ModelManifest> manifests) {
        manifests.forEach(manifest -> firstSeen.putIfAbsent(key(manifest), ModelContent.of(manifest)));
    }

    /** @throws ModelRefusedException if this version was seen with other content; else it is remembered */
    void requireUnchanged(ModelManifest manifest) throws ModelRefusedException {
        see(List.of(manifest));
        ModelContent first = Objects.requireNonNull(firstSeen.get(key(manifest)));
        if (first.equals(ModelContent.of(manifest))) {
            return;
        }
        throw new ModelRefusedException(
                Reason.CHANGED_CONTENT,
                "version " + manifest.getVersion() + " was published before with other content (archive "
                        + first.sha256() + ", now " + manifest.getArchive().getSha256()
                        + "); a version never changes, publish it under the next number");
    }

    private static String key(ModelManifest manifest) {
        return manifest.getName() + "/" + manifest.getVersion();
    }
}
