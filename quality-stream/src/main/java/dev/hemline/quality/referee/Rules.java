package dev.hemline.quality.referee;

import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.experiment.Experiment.Phase;
import java.time.Duration;

/**
 * What a candidate has to show, and by when.
 *
 * @param trial what a challenger has to show
 * @param probation what must not be shown of one that has won
 * @param timeLimit after which either ends, counted from when the challenger was named
 * @param mostLabelsOfOne labels of one labeller that count in one comparison
 */
public record Rules(Design trial, Design probation, Duration timeLimit, int mostLabelsOfOne) {
    /** For where nobody labels too much. */
    static final int ALL = Integer.MAX_VALUE;

    /** Ids lie evenly in partitions, so each counts its part. */
    long mostLabelsOfOneIn(int partitions) {
        return ((long) mostLabelsOfOne + partitions - 1) / partitions;
    }

    Design of(Phase phase) {
        return phase == Phase.TRIAL ? trial : probation;
    }
}
