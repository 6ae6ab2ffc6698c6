package dev.hemline.service.trace;

import org.jspecify.annotations.Nullable;

/** What is told of one run of the network, for all of its records at once. */
public interface BatchTrace {
    /** Of a batch of which nobody follows any record. */
    BatchTrace NONE = failure -> {};

    /** @param failure what it ended with instead of answers; null for none */
    void ended(@Nullable Throwable failure);
}
