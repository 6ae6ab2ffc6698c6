package dev.hemline.quality.experiment;

/**
 * What two versions made of one labelled event.
 *
 * @param actual the true class
 * @param source the event's
 */
public record Comparison(int actual, String source, boolean incumbentRight, boolean candidateRight) {
    /** For the candidate. */
    enum Outcome {
        WIN,
        LOSS,
        TIE
    }

    Outcome outcome() {
        if (incumbentRight == candidateRight) {
            return Outcome.TIE;
        }
        return candidateRight ? Outcome.WIN : Outcome.LOSS;
    }
}
