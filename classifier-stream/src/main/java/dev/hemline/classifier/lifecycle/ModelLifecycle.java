package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which model serves: the newest version on the topic that proves itself. Works on a thread of its own, so that
 * loading never holds the stream up. A version that was refused is not tried again; the one before it serves on.
 */
public final class ModelLifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLifecycle.class);

    private final ModelStore store;
    private final ModelLoader loader;
    private final ModelRegistry registry;
    private final LifecycleListener listener;
    private final Set<String> refused = new HashSet<>();
    private final AtomicBoolean lookScheduled = new AtomicBoolean();
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "model-lifecycle"));

    public ModelLifecycle(ModelStore store, ModelLoader loader, ModelRegistry registry, LifecycleListener listener) {
        this.store = store;
        this.loader = loader;
        this.registry = registry;
        this.listener = listener;
    }

    /** Says that the topic may hold something new. Returns at once; many calls in a row cause one look. */
    public void modelsChanged() {
        if (!thread.isShutdown() && lookScheduled.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    private void look() {
        lookScheduled.set(false);
        try {
            serveNewest();
        } catch (RuntimeException e) {
            LOG.error("Looking for a newer model failed; the present one serves on", e);
        }
    }

    private void serveNewest() {
        for (ModelManifest candidate : store.newestFirst()) {
            if (isServing(candidate)) {
                return;
            }
            if (!refused.contains(identity(candidate)) && serves(candidate)) {
                return;
            }
        }
    }

    private boolean isServing(ModelManifest candidate) {
        return registry.serving().filter(candidate::equals).isPresent();
    }

    private boolean serves(ModelManifest candidate) {
        LoadedModel model;
        try {
            model = loader.load(candidate, store.archive(candidate));
        } catch (ModelRefusedException e) {
            refused.add(identity(candidate));
            listener.refused(candidate, e);
            return false;
        }
        String before = registry.serving().map(ModelLifecycle::name).orElse("nothing");
        registry.swap(model);
        LOG.info("{} serves, was {}", name(candidate), before);
        return true;
    }

    /** With the content: a version that was published again with other content is another candidate. */
    private static String identity(ModelManifest manifest) {
        return name(manifest) + "@" + manifest.getArchive().getSha256();
    }

    private static String name(ModelManifest manifest) {
        return manifest.getName() + " v" + manifest.getVersion();
    }

    /** Waits for a load in progress, whose model would otherwise be nobody's to free. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("A model is still loading after 5 s; leaving it to the end of the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
