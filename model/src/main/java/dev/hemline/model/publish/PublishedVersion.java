package dev.hemline.model.publish;

import dev.hemline.event.ModelManifest;
import java.util.Set;

/**
 * A version that stands on topic {@code models}.
 *
 * @param chunkKeys keys of the chunks that stand there too
 */
public record PublishedVersion(ModelManifest manifest, Set<String> chunkKeys) {
    public PublishedVersion {
        chunkKeys = Set.copyOf(chunkKeys);
    }
}
