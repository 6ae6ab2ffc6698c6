package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.tournament.StepTimer;

/** Times the steps of a training, as long as it learns. */
record LearningSteps(StepTimer timer) {

    /**
     * A step has just ended.
     *
     * @param loss what it found
     * @return whether there is time for another
     * @throws IllegalStateException if the loss is no number: then nothing is learnt, which may be faster
     */
    boolean learnt(double loss) {
        if (!Double.isFinite(loss)) {
            throw new IllegalStateException("training diverged");
        }
        return timer.stepped();
    }
}
