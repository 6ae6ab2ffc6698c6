package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.Optional;

/** Hears of models that must not serve, and of pins. Called on the lifecycle's thread. */
@FunctionalInterface
public interface LifecycleListener {
    void refused(ModelManifest manifest, ModelRefusedException why);

    /** @param why the pinned version does not serve, in a sentence; empty when all is well again */
    default void pinUnmet(Optional<String> why) {}

    /** Tells both, this one first. */
    default LifecycleListener and(LifecycleListener next) {
        LifecycleListener first = this;
        return new LifecycleListener() {
            @Override
            public void refused(ModelManifest manifest, ModelRefusedException why) {
                first.refused(manifest, why);
                next.refused(manifest, why);
            }

            @Override
            public void pinUnmet(Optional<String> why) {
                first.pinUnmet(why);
                next.pinUnmet(why);
            }
        };
    }
}
