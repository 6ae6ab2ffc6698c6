package dev.hemline.classifier.canary;

import dev.hemline.classifier.lifecycle.ForwardingModelStore;
import dev.hemline.classifier.lifecycle.ModelRegistry;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.topic.EventShare;
import java.util.List;
import java.util.Optional;

/**
 * The version that challenges what serves, answering a share of events in its place, where the model's policy says so. Only what is newer than
 * what is pinned is tried like this, so what shadows a version on probation is none. Of the models on the topic it has that one version. Events
 * may be asked about by any thread.
 */
public final class Canary extends ForwardingModelStore implements AutoCloseable {
    /** What its events are chosen for, see {@link EventShare}. */
    public static final String PURPOSE = "canary";

    private final ModelRegistry models = new ModelRegistry();
    private volatile Assignment assignment = Assignment.NONE;

    /** @param version 0 for none */
    private record Assignment(int version, EventShare share) {
        static final Assignment NONE = new Assignment(0, new EventShare(PURPOSE, 0));
    }

    /** @param all that are on the topic */
    public Canary(ModelStore all) {
        super(all);
    }

    /** Where it is kept once it is loaded. */
    public ModelRegistry models() {
        return models;
    }

    /** The version that is to answer some events, or none. */
    @Override
    public List<ModelManifest> candidates(List<ModelManifest> versions) {
        Optional<ModelManifest> canary = versions.stream().filter(this::isNamed).findFirst();
        assignment = canary.map(version ->
                        new Assignment(version.getVersion(), new EventShare(PURPOSE, canaryShare(version.getName()))))
                .orElse(Assignment.NONE);
        return canary.stream().toList();
    }

    private boolean isNamed(ModelManifest version) {
        String name = version.getName();
        return canaryShare(name) > 0
                && challenger(name).equals(Optional.of(version.getVersion()))
                && super.pinned(name).filter(pin -> pin < version.getVersion()).isPresent();
    }

    /** Pins are about what serves. */
    @Override
    public Optional<Integer> pinned(String name) {
        return Optional.empty();
    }

    /** Whether it answers the event of this id. */
    public boolean answers(String id) {
        Assignment now = assignment;
        return now.share().has(id) && isLoaded(now.version());
    }

    /** The version that answers some events; 0 for none. */
    public int version() {
        int version = assignment.version();
        return isLoaded(version) ? version : 0;
    }

    private boolean isLoaded(int version) {
        return models.serving().filter(loaded -> loaded.getVersion() == version).isPresent();
    }

    @Override
    public void close() {
        models.close();
    }
}
