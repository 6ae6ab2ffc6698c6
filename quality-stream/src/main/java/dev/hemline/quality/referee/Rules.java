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
 */
public record Rules(Design trial, Design probation, Duration timeLimit) {
    Design of(Phase phase) {
        return phase == Phase.TRIAL ? trial : probation;
    }
}
