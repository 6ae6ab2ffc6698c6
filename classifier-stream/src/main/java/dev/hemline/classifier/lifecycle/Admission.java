package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.model.signing.TrustedKeys;
import java.util.Optional;

/**
 * What a version has to fulfil before anything of its archive is touched.
 *
 * @param trusted keys of which one must have signed it; empty to take unsigned ones too
 * @param maxModelBytes largest archive
 */
public record Admission(Optional<TrustedKeys> trusted, long maxModelBytes) {
    public static final long DEFAULT_MAX_MODEL_BYTES = ModelChunks.LARGEST_ARCHIVE_BYTES;

    /** Takes unsigned models of up to {@link #DEFAULT_MAX_MODEL_BYTES}. */
    public static final Admission OPEN = new Admission(Optional.empty(), DEFAULT_MAX_MODEL_BYTES);

    public Admission {
        if (maxModelBytes < 1) {
            throw new IllegalArgumentException("--max-model-bytes is at least 1, not " + maxModelBytes);
        }
    }

    void require(ModelManifest manifest, ModelStore store) throws ModelRefusedException {
        if (trusted.isPresent()) {
            store.require(trusted.get(), manifest);
        }
        long bytes = manifest.getArchive().getSizeBytes();
        if (bytes > maxModelBytes) {
            throw new ModelRefusedException(
                    Reason.TOO_LARGE, "the archive has " + bytes + " bytes; --max-model-bytes allows " + maxModelBytes);
        }
    }
}
