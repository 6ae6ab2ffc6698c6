package dev.hemline.quality.drift;

import dev.hemline.topic.ModelKey;
import java.util.Optional;

/** Where references of versions' validations come from. */
@FunctionalInterface
public interface References {
    /** What its manifest tells, if it does and can be believed. */
    Optional<Reference> of(ModelKey.Manifest version, int classes);
}
