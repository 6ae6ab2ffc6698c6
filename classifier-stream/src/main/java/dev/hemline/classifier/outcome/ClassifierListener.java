package dev.hemline.classifier.outcome;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Hears what a classifier does, on the threads that do it: they wait for whoever listens. */
public interface ClassifierListener {
    /** Hears nothing. */
    ClassifierListener NONE = new ClassifierListener() {};

    /** Events were polled and are on their way to the engine. */
    default void polled(int events) {}

    /**
     * The network ran once.
     *
     * @param images in the batch
     */
    default void batchClassified(int images, Duration duration) {}

    /** An event had its turn; a crash before the commit brings it again. */
    default void forwarded(Outcome outcome) {}

    /** An event of this source went to the dead letters; empty where it says none, or cannot be read. */
    default void rejectedOf(String source) {}

    /** An event that was chosen to leave a sample leaves none. */
    default void sampleLeftOut(SampleLoss why) {}

    /** Another version begins to serve. */
    default void serves(ModelManifest manifest) {}

    /** A version must not serve. */
    default void refused(ModelManifest manifest, ModelRefusedException why) {}

    /** @param why the pinned version does not serve, in a sentence; empty when all is well again */
    default void pinUnmet(Optional<String> why) {}

    /** A pin that no trusted key signed, or that is older than the one that is followed, changes nothing. */
    default void pinRefused() {}

    /** Tells of versions that must not serve, and of nothing else. */
    static ClassifierListener refusalsTo(ClassifierListener listener) {
        return new ClassifierListener() {
            @Override
            public void refused(ModelManifest manifest, ModelRefusedException why) {
                listener.refused(manifest, why);
            }
        };
    }

    /** Tells all of them, in this order. */
    static ClassifierListener all(ClassifierListener... each) {
        List<ClassifierListener> listeners = List.of(each);
        return new ClassifierListener() {
            @Override
            public void polled(int events) {
                listeners.forEach(listener -> listener.polled(events));
            }

            @Override
            public void batchClassified(int images, Duration duration) {
                listeners.forEach(listener -> listener.batchClassified(images, duration));
            }

            @Override
            public void forwarded(Outcome outcome) {
                listeners.forEach(listener -> listener.forwarded(outcome));
            }

            @Override
            public void rejectedOf(String source) {
                listeners.forEach(listener -> listener.rejectedOf(source));
            }

            @Override
            public void sampleLeftOut(SampleLoss why) {
                listeners.forEach(listener -> listener.sampleLeftOut(why));
            }

            @Override
            public void serves(ModelManifest manifest) {
                listeners.forEach(listener -> listener.serves(manifest));
            }

            @Override
            public void refused(ModelManifest manifest, ModelRefusedException why) {
                listeners.forEach(listener -> listener.refused(manifest, why));
            }

            @Override
            public void pinUnmet(Optional<String> why) {
                listeners.forEach(listener -> listener.pinUnmet(why));
            }

            @Override
            public void pinRefused() {
                listeners.forEach(ClassifierListener::pinRefused);
            }
        };
    }
}
