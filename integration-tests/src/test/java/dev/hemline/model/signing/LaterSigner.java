package dev.hemline.model.signing;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelSignature;
import dev.hemline.topic.LaterRelease;
import java.nio.ByteBuffer;

/** Signs as a release to come does, whose manifests have a field more. */
public final class LaterSigner {
    private LaterSigner() {}

    /** The manifest as it travels. */
    public static byte[] encode(ModelManifest manifest, SigningKey key) {
        byte[] unsigned = LaterRelease.encode(with(manifest, key, new byte[64]));
        byte[] covered = SignedManifest.read(unsigned, LaterRelease.schemas(manifest.getSchema()))
                .covered();
        return LaterRelease.encode(with(manifest, key, key.sign(covered)));
    }

    private static ModelManifest with(ModelManifest manifest, SigningKey key, byte[] signature) {
        return ModelManifest.newBuilder(manifest)
                .setSignature(new ModelSignature(key.keyId(), ByteBuffer.wrap(signature)))
                .build();
    }
}
