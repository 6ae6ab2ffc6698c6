package dev.hemline.model.signing;

import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventSerde;
import java.util.TreeMap;

/**
 * What a signature covers: the whole manifest as it travels, without the signature. Avro writes a map in whatever order
 * it has in memory, so the only map is put into order first; everything else has one encoding only.
 */
final class SignedBytes {
    private static final EventSerde<ModelManifest> MANIFESTS = EventSerde.of(ModelManifest.class);

    private SignedBytes() {}

    static byte[] of(ModelManifest manifest) {
        return MANIFESTS.encode(ModelManifest.newBuilder(manifest)
                .setTraining(new TreeMap<>(manifest.getTraining()))
                .setSignature(null)
                .build());
    }
}
