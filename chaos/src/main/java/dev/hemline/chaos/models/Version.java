package dev.hemline.chaos.models;

import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import java.util.List;

/** One version as it goes on its topic. */
record Version(ModelManifest manifest, List<ModelChunk> chunks) {
    Version {
        chunks = List.copyOf(chunks);
    }
}
