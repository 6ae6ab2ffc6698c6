package dev.hemline.producer;

import java.util.Locale;

/** What a producer sends, as its metrics tell it apart. */
public enum EventKind {
    /** An image event as it should be. */
    IMAGE,
    /** An image event that a classifier has to refuse. */
    BAD,
    /** The true label of an image, after the fact. */
    LABEL;

    /** The value of the metrics' label {@code kind}. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
