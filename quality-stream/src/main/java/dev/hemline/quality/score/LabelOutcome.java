package dev.hemline.quality.score;

import java.util.Locale;

/** What became of one label. */
public enum LabelOutcome {
    /** It judged results that were there before it. */
    SCORED,
    /** There is no result yet; it waits for one. */
    EARLY,
    /** It said what was known already. */
    DUPLICATE,
    /** It said otherwise than the one before it, and took its place. */
    CHANGED,
    /** It was found out before the one that is known already, and came after it. */
    OUTDATED,
    /** It was early, and no result came within the label window. */
    UNKNOWN,
    /** It was early, and made room for later ones: more wait than are kept. */
    CROWDED_OUT,
    /** It has no id, or one that no event can have, or names a class that the model does not know, or a time that cannot be. */
    INVALID,
    /** Its bytes are no {@code GroundTruth}. */
    UNDECODABLE;

    /** For instance {@code crowded-out}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
