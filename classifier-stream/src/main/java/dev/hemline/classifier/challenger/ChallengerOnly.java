package dev.hemline.classifier.challenger;

import dev.hemline.classifier.lifecycle.ForwardingModelStore;
import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import java.util.List;
import java.util.Optional;

/** Of the models on the topic the one version that is to challenge what serves, if there is one. */
public final class ChallengerOnly extends ForwardingModelStore {
    public ChallengerOnly(ModelStore all) {
        super(all);
    }

    @Override
    public List<ModelManifest> candidates(List<ModelManifest> versions) {
        return versions.stream()
                .filter(version -> challenger(version.getName()).equals(Optional.of(version.getVersion())))
                .toList();
    }

    /** Pins are about what serves. */
    @Override
    public Optional<Integer> pinned(String name) {
        return Optional.empty();
    }
}
