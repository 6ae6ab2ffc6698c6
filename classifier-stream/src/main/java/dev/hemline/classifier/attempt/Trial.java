package dev.hemline.classifier.attempt;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ModelRefusedException;

/** Loads and rehearses a version where nothing is lost if that ends the process. */
@FunctionalInterface
public interface Trial {
    /** None: nobody can tell. */
    Trial NONE = (manifest, archive) -> false;

    /**
     * Tries a version.
     *
     * @return whether it ended no process; false where that is not known, for instance because somebody ended the trial
     * @throws ModelRefusedException if it ended the process that loaded it
     * @throws java.io.UncheckedIOException if the disk does not take it
     */
    boolean survived(ModelManifest manifest, byte[] archive) throws ModelRefusedException;

    /** Ends a trial that runs. */
    default void cancel() {}
}
