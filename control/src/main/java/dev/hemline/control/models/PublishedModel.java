package dev.hemline.control.models;

import dev.hemline.event.ModelManifest;

/** A version as it stands on topic {@code models}: what it is, and the archive that it describes. */
public final class PublishedModel {
    private final ModelManifest manifest;
    private final byte[] archive;

    PublishedModel(ModelManifest manifest, byte[] archive) {
        this.manifest = manifest;
        this.archive = archive;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    /** The chunks' contents, joined and of the SHA-256 that the manifest says; not to be changed. */
    public byte[] archive() {
        return archive;
    }
}
