package dev.hemline.classifier.lifecycle;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.signing.TrustedKeys;
import java.util.List;
import java.util.Optional;

/** The models that the topic holds right now. */
public interface ModelStore {
    /** Every version of the model to serve, newest first. */
    List<ModelManifest> newestFirst();

    /** Those of {@link #newestFirst()} that may serve here. */
    default List<ModelManifest> candidates(List<ModelManifest> versions) {
        return versions;
    }

    /** The version of that model that is pinned to serve, if any is. */
    Optional<Integer> pinned(String name);

    /** The version of that model that is to be tried out beside the one that serves, if any is. */
    default Optional<Integer> challenger(String name) {
        return Optional.empty();
    }

    /** The share of events that the challenger of that model answers in the place of what serves, 0 to 1. */
    default double canaryShare(String name) {
        return 0;
    }

    /**
     * Lets a version pass that one of these keys signed.
     *
     * @throws ModelRefusedException if none did
     */
    default void require(TrustedKeys keys, ModelManifest manifest) throws ModelRefusedException {
        keys.require(manifest);
    }

    /**
     * The archive that a manifest speaks of.
     *
     * @throws ModelRefusedException if its chunks do not add up to it
     */
    byte[] archive(ModelManifest manifest) throws ModelRefusedException;
}
