package dev.hemline.quality.drift;

import dev.hemline.topic.ModelKey;
import java.util.Optional;

/** Where references of versions' validations come from. */
@FunctionalInterface
public interface References {
    /**
     * What its manifest tells, if it does and can be believed.
     *
     * @throws dev.hemline.topic.NotYetReadableException if that cannot be looked up now; nobody may go on as if there were none
     */
    Optional<Reference> of(ModelKey.Manifest version, int classes);
}
