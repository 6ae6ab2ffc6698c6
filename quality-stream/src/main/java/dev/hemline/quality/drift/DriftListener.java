package dev.hemline.quality.drift;

import dev.hemline.event.Drift;
import java.util.List;

/** Hears of what drift detection does, on its thread, before it is committed; after a crash some of it is done again. */
interface DriftListener {
    /** An alarm or an all-clear was written. */
    void told(Drift drift);

    /** What stands in one partition now: the newest alarm of each version, source and reference. */
    void standing(int partition, List<Drift> alarms);

    /** Why a record of a topic counts for nothing, as the end of a sentence, for people. */
    void passedOver(String topic, String why);

    /** Something threw that should not; it was passed over, and is an error of ours. */
    void failed(String step, RuntimeException failure);

    /** This partition is not this instance's any more. */
    void left(int partition);
}
