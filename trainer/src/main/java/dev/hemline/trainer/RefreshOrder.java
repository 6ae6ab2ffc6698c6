package dev.hemline.trainer;

import dev.hemline.trainer.reservoir.LabelledTraffic;

/**
 * A refresh of what serves that is to take place.
 *
 * @param traffic to learn from, and to judge by
 * @param seed of what is left to chance
 * @param force whether to publish what comes of it even if the gate refuses it
 */
record RefreshOrder(Occasion occasion, LabelledTraffic traffic, long seed, boolean force) {}
