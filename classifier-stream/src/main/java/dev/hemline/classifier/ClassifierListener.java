package dev.hemline.classifier;

import dev.hemline.classifier.lifecycle.LifecycleListener;
import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.function.Consumer;

/** Hears what a classifier does, every outcome it forwards among it, on the threads that do it: they wait for whoever listens. */
public interface ClassifierListener extends Consumer<Outcome>, LifecycleListener {
    /** Hears nothing. */
    ClassifierListener NONE = new ClassifierListener() {
        @Override
        public void accept(Outcome outcome) {}

        @Override
        public void serves(ModelManifest manifest) {}

        @Override
        public void refused(ModelManifest manifest, ModelRefusedException why) {}
    };

    /** Another version begins to serve. */
    void serves(ModelManifest manifest);
}
