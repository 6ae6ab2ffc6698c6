package dev.hemline.trainer.request;

import dev.hemline.event.TrainingRequest;
import java.util.Objects;

/**
 * A request that waits for its training.
 *
 * @param offset its place on the topic
 */
public record PendingRequest(TrainingRequest request, long offset) {

    /** Whether one training would answer both. */
    boolean asksForTheSameAs(PendingRequest other) {
        return Objects.equals(request.getNetwork(), other.request.getNetwork())
                && Objects.equals(request.getEpochs(), other.request.getEpochs())
                && Objects.equals(request.getSeed(), other.request.getSeed())
                && request.getForce() == other.request.getForce();
    }
}
