package dev.hemline.quality.experiment;

import java.util.Optional;

/**
 * How an experiment ended.
 *
 * @param logEValue the natural logarithm of the e-value that decided; of the one for a promotion where labels or time ran out
 * @param segment where the candidate is worse, if that decided
 */
public record Decision(Outcome outcome, Reason reason, double logEValue, Optional<Segment> segment) {
    /** What becomes of the candidate. */
    public enum Outcome {
        /** It serves from now on. */
        PROMOTED,
        /** It does not. */
        REJECTED,
        /** It serves on after its probation. */
        CONFIRMED,
        /** The incumbent serves again. */
        ROLLED_BACK
    }

    /** Why. */
    public enum Reason {
        BETTER,
        NOT_WORSE,
        WORSE,
        WORSE_IN_SEGMENT,
        OUT_OF_LABELS,
        OUT_OF_TIME
    }
}
