package dev.hemline.model.serving;

import dev.hemline.event.ModelManifest;

/** A verified model in native memory. Close it when no classifier made from it is left. Thread-safe. */
public interface LoadedModel extends AutoCloseable {

    /** What this model is. */
    ModelManifest manifest();

    /**
     * A classifier for one thread; the caller closes it before this model.
     *
     * @throws IllegalStateException if this model is closed
     */
    ImageClassifier newClassifier();

    /** Frees the native memory. Closing again does nothing. */
    @Override
    void close();
}
