package dev.hemline.benchmarks.training;

import dev.hemline.trainer.training.Validation;

/** Hears how far a measurement is. */
interface BenchProgress {

    /**
     * A turn begins.
     *
     * @param before turns so far
     * @param all turns there will be
     */
    void turn(int before, int all, String contender);

    /** The network that races was validated. */
    void validated(Validation validation);
}
