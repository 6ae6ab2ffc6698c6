package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import java.util.List;
import java.util.Optional;

/** The models that the topic holds right now. */
public interface ModelStore {
    /** Every version of the model to serve, newest first. */
    List<ModelManifest> newestFirst();

    /** The version of that model that is pinned to serve, if any is. */
    Optional<Integer> pinned(String name);

    /**
     * The archive that a manifest speaks of.
     *
     * @throws ModelRefusedException if its chunks do not add up to it
     */
    byte[] archive(ModelManifest manifest) throws ModelRefusedException;
}
