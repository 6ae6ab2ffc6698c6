package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.event.Score;
import dev.hemline.topic.ModelKey;

/** Hears of what scoring does, on its thread, before it is committed; after a crash some of it is done again. */
public interface ScoreListener {
    /** A label came to this end; early ones come to a second one. */
    void label(LabelOutcome outcome);

    /** A version answered an event, for the first time. */
    void answered(Answer answer);

    /** A result was judged, for the first time or again. */
    void scored(Score score);

    /** A result was there already: the same id, answered by the same version. It changes nothing. */
    void repeatedResult();

    /** A result whose bytes are no {@code Classification}. */
    void undecodableResult();

    /** A result that no classifier can have written: of no possible id, version or class. */
    void invalidResult();

    /** Why a record of a topic counts for nothing, as the end of a sentence, for people; counted elsewhere. */
    void passedOver(String topic, String why);

    /** Something threw that should not; it was passed over, and is an error of ours. */
    void failed(String step, RuntimeException failure);

    /** A version gave way to those scored since; what it had counted in this partition is gone. */
    void versionForgotten(ModelKey.Manifest version);

    /** So many results stand in this cell of one partition's confusion matrix now. */
    void counted(int partition, ConfusionCell cell, long results);

    /** This partition is not this instance's any more. */
    void left(int partition);
}
