package dev.hemline.classifier.challenger;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.signing.TrustedKeys;
import java.util.List;
import java.util.Optional;

/** Of the models on the topic the one version that is to challenge what serves, if there is one. */
public record ChallengerOnly(ModelStore all) implements ModelStore {
    @Override
    public List<ModelManifest> newestFirst() {
        return all.newestFirst();
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

    @Override
    public Optional<Integer> challenger(String name) {
        return all.challenger(name);
    }

    @Override
    public void require(TrustedKeys keys, ModelManifest manifest) throws ModelRefusedException {
        all.require(keys, manifest);
    }

    @Override
    public byte[] archive(ModelManifest manifest) throws ModelRefusedException {
        return all.archive(manifest);
    }
}
