package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.signing.TrustedKeys;
import java.util.List;
import java.util.Optional;

/** A store of which subclasses let a part be seen. */
public abstract class ForwardingModelStore implements ModelStore {
    private final ModelStore all;

    protected ForwardingModelStore(ModelStore all) {
        this.all = all;
    }

    @Override
    public List<ModelManifest> newestFirst() {
        return all.newestFirst();
    }

    @Override
    public List<ModelManifest> candidates(List<ModelManifest> versions) {
        return all.candidates(versions);
    }

    @Override
    public Optional<Integer> pinned(String name) {
        return all.pinned(name);
    }

    @Override
    public Optional<Integer> challenger(String name) {
        return all.challenger(name);
    }

    @Override
    public double canaryShare(String name) {
        return all.canaryShare(name);
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
