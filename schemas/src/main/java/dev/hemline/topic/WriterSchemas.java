package dev.hemline.topic;

import java.util.Optional;

/** The schemas that events were written with, for those who have only their fingerprints. Thread-safe. */
@FunctionalInterface
public interface WriterSchemas {
    /** Knows none. */
    WriterSchemas NONE = fingerprint -> Optional.empty();

    /**
     * The schema of that CRC-64-AVRO fingerprint; empty if nobody has told of it.
     *
     * @throws NotYetReadableException if that is not known yet
     */
    Optional<WritersSchema> find(long fingerprint);
}
