package dev.hemline.control.models;

import dev.hemline.event.ModelManifest;
import java.util.Set;

/**
 * A version that stands on topic {@code models}.
 *
 * @param chunkKeys keys of the chunks that stand there too
 */
record ModelVersion(ModelManifest manifest, Set<String> chunkKeys) {
    ModelVersion {
        chunkKeys = Set.copyOf(chunkKeys);
    }

    int version() {
        return manifest.getVersion();
    }
}
