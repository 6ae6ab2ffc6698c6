package dev.hemline.chaos.models;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.Sha256;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a version is made of, good or bad.
 *
 * @param number the version it shall become
 * @param key whose models may serve
 */
record ModelDraft(UntrainedModel model, String name, int number, SigningKey key) {
    /** One version as it goes on its topic. */
    record Version(ModelManifest manifest, List<ModelChunk> chunks) {
        Version {
            chunks = List.copyOf(chunks);
        }

        /** As somebody without the key may have it look; the manifest says how many count. */
        Version withOneChunkTooMany() {
            ModelChunk more = new ModelChunk(
                    manifest.getName(), manifest.getVersion(), chunks.size(), ByteBuffer.wrap(new byte[] {1}));
            return new Version(
                    manifest, Stream.concat(chunks.stream(), Stream.of(more)).toList());
        }
    }

    /** The network as it is, signed. */
    Version good() {
        return signed(manifest -> {});
    }

    byte[] archive() {
        return model.archive();
    }

    /** A manifest that is right for this archive, not signed. */
    ModelManifest.Builder manifest(byte[] archive) {
        return ModelManifest.newBuilder(model.draft())
                .setName(name)
                .setVersion(number)
                .setSignature(null)
                .setArchive(new ModelArchive(
                        "torchscript", (long) archive.length, Sha256.hex(archive), ModelChunks.count(archive.length)));
    }

    /** The network as it is, under a manifest that somebody has changed and signed. */
    Version signed(Consumer<ModelManifest.Builder> change) {
        ModelManifest.Builder manifest = manifest(archive());
        change.accept(manifest);
        return signed(manifest, archive());
    }

    /** Signed as it stands, and cut into chunks. */
    Version signed(ModelManifest.Builder manifest, byte[] archive) {
        return new Version(key.sign(manifest.build()), chunks(archive));
    }

    List<ModelChunk> chunks(byte[] archive) {
        return ModelChunks.split(name, number, archive);
    }
}
