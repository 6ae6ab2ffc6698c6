package dev.hemline.model.serving;

import java.util.Locale;

/** A model that must not serve. The message is one sentence that a person can act on. */
public final class ModelRefusedException extends Exception {

    /** Why, as a short code for metrics and lists. */
    public enum Reason {
        /** Only signed models are wanted, and nobody signed this one. */
        UNSIGNED,
        /** It is signed with a key that is not among the trusted ones. */
        UNKNOWN_KEY,
        /** It was changed after it was signed. */
        BAD_SIGNATURE,
        /** The archive, or an image of its input, is larger than this classifier is set to take. */
        TOO_LARGE,
        /** The version was seen before with another archive, labels or input; versions never change. */
        CHANGED_CONTENT,
        /** The manifest contradicts itself or leaves out what is needed. */
        MANIFEST,
        /** An archive format that this release does not load. */
        UNKNOWN_FORMAT,
        /** A chunk the manifest speaks of is not there. */
        MISSING_CHUNK,
        /** There is a chunk the manifest does not speak of. */
        EXTRA_CHUNK,
        /** The archive is longer or shorter than the manifest says. */
        ARCHIVE_SIZE,
        /** The archive's content is not the one the manifest was made for. */
        ARCHIVE_SHA256,
        /** libtorch does not load the archive, or fails to run it in time. */
        UNLOADABLE,
        /** It ends the process that loads it. */
        CRASHED,
        /** The network does not take images of the size that the manifest says. */
        INPUT_SHAPE,
        /** The network gives more or fewer numbers than there are labels. */
        LABELS,
        /** The network gives NaN or infinity. */
        NOT_FINITE,
        /** The manifest says that the network gives probabilities, and it gives other numbers. */
        NOT_PROBABILITIES,
        /** The network gives other answers than where it was made. */
        GOLDEN_BATCH;

        /** As it stands in metrics and lists, for instance {@code golden-batch}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** It goes into an event of its own; names and labels that it quotes may be as long as the manifest. */
    private static final int LONGEST = 1_000;

    private final Reason reason;

    /** A refusal in one sentence that names the offending value. */
    public ModelRefusedException(Reason reason, String message) {
        super(shortened(message));
        this.reason = reason;
    }

    /** A refusal that something else made necessary. */
    public ModelRefusedException(Reason reason, String message, Throwable cause) {
        super(shortened(message), cause);
        this.reason = reason;
    }

    /** Why, as a short code. */
    public Reason reason() {
        return reason;
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    }
}
