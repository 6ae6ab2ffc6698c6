package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
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
    private final Map<String, Content> firstSeen = new HashMap<>();

    /** What decides a version's answers. Signature, evaluation and the story of its training do not. */
    record Content(String name, int version, String sha256, List<String> labels, ModelInput input, ModelOutput output) {

        static Content of(ModelManifest manifest) {
            return new Content(
                    manifest.getName(),
                    manifest.getVersion(),
                    manifest.getArchive().getSha256(),
                    manifest.getLabels(),
                    manifest.getInput(),
                    manifest.getOutput());
        }
    }

    void see(Collection<ModelManifest> manifests) {
        manifests.forEach(manifest -> firstSeen.putIfAbsent(key(manifest), Content.of(manifest)));
    }

    /** @throws ModelRefusedException if this version was seen with other content; else it is remembered */
    void requireUnchanged(ModelManifest manifest) throws ModelRefusedException {
        see(List.of(manifest));
        Content first = Objects.requireNonNull(firstSeen.get(key(manifest)));
        if (first.equals(Content.of(manifest))) {
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
