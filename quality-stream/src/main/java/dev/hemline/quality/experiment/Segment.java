package dev.hemline.quality.experiment;

/**
 * A part of the labelled events in which a candidate may be worse although it is better in all.
 *
 * @param name of the source; of a class, its number
 */
public record Segment(Kind kind, String name) {
    /** What makes up the part. */
    public enum Kind {
        CLASS,
        SOURCE
    }

    static Segment ofClass(int actual) {
        return new Segment(Kind.CLASS, Integer.toString(actual));
    }

    static Segment ofSource(String source) {
        return new Segment(Kind.SOURCE, source);
    }
}
