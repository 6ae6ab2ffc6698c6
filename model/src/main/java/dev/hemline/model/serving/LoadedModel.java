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

    /** Images that it is to be asked for at once at most. */
    default int largestBatch() {
        return Integer.MAX_VALUE;
    }

    /** Nanoseconds that an image takes it in a batch; 0 if nobody has measured that. */
    default long nanosAnImage() {
        return 0;
    }

    /** Frees the native memory. Closing again does nothing. */
    @Override
    void close();
}
