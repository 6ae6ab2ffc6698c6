package dev.hemline.model.serving;

import dev.hemline.event.ModelManifest;

/** Turns a manifest and its archive into a model that has proved itself, or refuses it. */
public interface ModelLoader {

    /**
     * Loads, verifies and warms up a model.
     *
     * @param archive the chunks' contents, joined
     * @return the model, the caller's to close
     * @throws ModelRefusedException if anything about it is not as the manifest says; nothing stays loaded
     */
    LoadedModel load(ModelManifest manifest, byte[] archive) throws ModelRefusedException;

    /** Ends what {@link #load} waits for, if it waits for anything. */
    default void cancel() {}
}
