package dev.hemline.quality.referee;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentStanding;

/** Hears of what the referee does, on its thread, before it is committed; after a crash some of it is done again. */
interface RefereeListener {
    /** How a comparison stands, which is not as it was before. */
    void stands(Pairing pairing, ExperimentStanding standing);

    /** A decision was written. */
    void decided(ExperimentDecision decision);

    /** A label did not count, because whoever gave it has given as many as count. */
    void overQuota();

    /** A label did not count, because whoever gave it is not believed. */
    void notBelieved();

    /** Why a record of a topic counts for nothing, as the end of a sentence, for people. */
    void passedOver(String topic, String why);

    /** Something threw that should not; it was passed over, and is an error of ours. */
    void failed(String step, RuntimeException failure);

    /** The counts of all partitions are another instance's to look at now. */
    void left();
}
