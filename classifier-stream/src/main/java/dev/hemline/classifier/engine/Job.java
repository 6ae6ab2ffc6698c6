package dev.hemline.classifier.engine;

import dev.hemline.classifier.outcome.Outcome;
import dev.hemline.classifier.outcome.Outcome.Rejected;
import dev.hemline.topic.Rejection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One event, as it was received, that waits for its outcome. */
@SuppressWarnings("ArrayRecordComponent") // compared by identity alone
record Job(byte @Nullable [] event, CompletableFuture<Outcome> outcome) {
    Job(byte @Nullable [] event) {
        this(event, new CompletableFuture<>());
    }

    void reject(Rejection reason, Exception cause) {
        outcome.complete(Rejected.because(reason, cause, event));
    }
}
