package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.trainer.training.Validation;

/** Hears how far a measurement is. */
interface BenchProgress extends TurnListener {

    /** The network that races was validated. */
    void validated(Validation validation);
}
