package dev.hemline.quality.score;

import dev.hemline.event.Score;

/** Hears of what scoring does, on its thread, before it is committed; after a crash some of it is done again. */
public interface ScoreListener {
    /** A label came to this end; early ones come to a second one. */
    void label(LabelOutcome outcome);

    /** A result was judged, for the first time or again. */
    void scored(Score score);

    /** A result was there already: the same id, answered by the same version. It changes nothing. */
    void repeatedResult();

    /** A result whose bytes are no {@code Classification}. */
    void undecodableResult();

    /** So many results stand in this cell of one partition's confusion matrix now. */
    void counted(int partition, ConfusionCell cell, long results);

    /** This partition is not this instance's any more. */
    void left(int partition);
}
