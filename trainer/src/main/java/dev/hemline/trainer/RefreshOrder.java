package dev.hemline.trainer;

import dev.hemline.trainer.labeller.Suspicion;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.LabelledTraffic;
import java.util.List;

/**
 * A refresh of what serves that is to take place.
 *
 * @param traffic to learn from, and to judge by
 * @param seed of what is left to chance
 * @param force whether to publish what comes of it even if the gate refuses it
 * @param review who looks at the labels, once it is known what traffic shows
 */
record RefreshOrder(Occasion occasion, LabelledTraffic traffic, long seed, boolean force, Review review) {
    /** Compares labels with what a version makes of the same pictures that does not hang on them. */
    interface Review {
        /**
         * Whose labels do not count any more.
         *
         * @param answers what the version makes of each sample, in the same order
         * @param honest the share of labels that may differ where the version is sure
         */
        List<Suspicion> suspicions(List<LabelledSample> samples, List<Answer> answers, double honest);
    }
}
