package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;

/** Hears of models that must not serve. Called on the lifecycle's thread. */
@FunctionalInterface
public interface LifecycleListener {
    void refused(ModelManifest manifest, ModelRefusedException why);
}
