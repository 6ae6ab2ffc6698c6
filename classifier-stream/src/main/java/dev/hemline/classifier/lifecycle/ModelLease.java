package dev.hemline.classifier.lifecycle;

import dev.hemline.model.serving.LoadedModel;

/** The right to work with a model. Owned by one thread, which closes it. */
public final class ModelLease implements AutoCloseable {
    private final LoadedModel model;
    private final Runnable release;
    private boolean closed;

    ModelLease(LoadedModel model, Runnable release) {
        this.model = model;
        this.release = release;
    }

    public LoadedModel model() {
        return model;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release.run();
        }
    }
}
