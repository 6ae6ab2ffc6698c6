package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.quality.experiment.PairedCounts;

/** Hears of what the referee does, on its thread, before it is committed; after a crash some of it is done again. */
interface RefereeListener {
    /**
     * Labels have come of events that both answered.
     *
     * @param counts of all partitions
     * @param logEValue the natural logarithm of the e-value that speaks for the candidate
     */
    void compared(Pairing pairing, PairedCounts counts, double logEValue);

    /** A decision was written. */
    void decided(ExperimentDecision decision);

    /** Why a record of a topic counts for nothing, as the end of a sentence, for people. */
    void passedOver(String topic, String why);

    /** Something threw that should not; it was passed over, and is an error of ours. */
    void failed(String step, RuntimeException failure);

    /** The counts of all partitions are another instance's to look at now. */
    void left();
}
