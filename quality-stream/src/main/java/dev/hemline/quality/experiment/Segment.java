package dev.hemline.quality.experiment;

import java.util.Optional;
import java.util.stream.Stream;

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

    public static Segment ofClass(int actual) {
        return new Segment(Kind.CLASS, Integer.toString(actual));
    }

    public static Segment ofSource(String source) {
        return new Segment(Kind.SOURCE, source);
    }

    /** What {@code toString()} gives; empty if {@code text} is nothing of the kind. */
    public static Optional<Segment> parse(String text) {
        return Stream.of(Kind.values())
                .filter(kind -> text.startsWith(kind + "/"))
                .findFirst()
                .map(kind -> new Segment(kind, text.substring(kind.name().length() + 1)));
    }

    /** Such as {@code CLASS/7}. */
    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
