package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the model that serves. Whoever works with it takes a {@link Lease}; a replaced model is freed when its last
 * lease is given back, so that it is never freed under a running batch. Thread-safe.
 */
public final class ModelRegistry implements AutoCloseable {
    private final List<Consumer<ModelManifest>> swapListeners = new CopyOnWriteArrayList<>();
    private @Nullable Served current;
    private boolean closed;

    /** A model and how many hold it; the registry itself counts as one while the model is current. */
    private static final class Served {
        final LoadedModel model;
        int holders = 1;

        Served(LoadedModel model) {
            this.model = model;
        }
    }

    /** The right to work with a model. Owned by one thread, which closes it. */
    public final class Lease implements AutoCloseable {
        private final Served held;
        private boolean closed;

        private Lease(Served held) {
            this.held = held;
        }

        public LoadedModel model() {
            return held.model;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                release(held);
            }
        }
    }

    /** Called after each swap, on the thread that swapped. */
    public void onSwap(Consumer<ModelManifest> listener) {
        swapListeners.add(listener);
    }

    /** Makes {@code next} the model that serves; the registry owns it from now on. */
    public void swap(LoadedModel next) {
        replace(new Served(next));
        swapListeners.forEach(listener -> listener.accept(next.manifest()));
    }

    private void replace(@Nullable Served next) {
        Served before;
        synchronized (this) {
            if (closed && next != null) {
                next.model.close();
                throw new IllegalStateException("This registry is closed");
            }
            before = current;
            current = next;
        }
        if (before != null) {
            release(before);
        }
    }

    /** What serves now, if anything does yet. */
    public synchronized Optional<ModelManifest> serving() {
        return Optional.ofNullable(current).map(served -> served.model.manifest());
    }

    /** The current model, kept loaded until the lease is closed; empty before the first model. */
    public synchronized Optional<Lease> acquire() {
        if (current == null) {
            return Optional.empty();
        }
        current.holders++;
        return Optional.of(new Lease(current));
    }

    private void release(Served served) {
        boolean last;
        synchronized (this) {
            last = --served.holders == 0;
        }
        if (last) {
            served.model.close();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        replace(null);
    }
}
