package dev.hemline.trainer;

import dev.hemline.trainer.Occasion.Trigger;
import dev.hemline.trainer.training.Recipe;

/**
 * A training from nothing that is to take place.
 *
 * @param recipe how to train
 * @param force whether to publish what comes of it even if it is worse than what serves
 */
record TrainingOrder(Occasion occasion, Recipe recipe, boolean force) {
    /** Whether to publish on the way, or only the best at the end: a request is answered by one version. */
    boolean publishesOnTheWay() {
        return occasion.trigger() != Trigger.REQUEST;
    }
}
