package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;

/** What may become a version: the manifest, complete but for what publishing fills in, and the archive it describes. */
final class Candidate {
    private final ModelManifest.Builder draft;
    private final byte[] archive;

    /** @param archive not to be changed from here on */
    Candidate(ModelManifest.Builder draft, byte[] archive) {
        this.draft = draft;
        this.archive = archive;
    }

    ModelManifest.Builder draft() {
        return draft;
    }

    byte[] archive() {
        return archive;
    }
}
