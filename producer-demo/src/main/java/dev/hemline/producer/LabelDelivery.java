package dev.hemline.producer;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the true label of an image becomes known to others. */
public sealed interface LabelDelivery {
    String NUMBER = "(\\d{1,9}(?:\\.\\d{1,3})?)";

    /** Never. */
    record None() implements LabelDelivery {}

    /** At once: it travels in the image event. */
    record Inline() implements LabelDelivery {}

    /**
     * After the fact: it travels in a ground-truth event of its own.
     *
     * @param delay how long after the image event; not negative
     */
    record Late(Duration delay) implements LabelDelivery {
        public Late {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("--labels late takes 0 seconds or more");
            }
        }
    }

    /**
     * When somebody asks for it on topic {@code label-requests}, as a person would answer: in a ground-truth event of its own.
     *
     * @param delay how long after the request was heard; not negative
     * @param mistakes the share of answers that are wrong, as people's are, 0 to 1: they say the class after the right one
     */
    record Requested(Duration delay, double mistakes) implements LabelDelivery {
        private static final int LOTS = 10_000;

        public Requested {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("--labels requested takes 0 seconds or more");
            }
            if (!(mistakes >= 0 && mistakes <= 1)) {
                throw new IllegalArgumentException(
                        "--labels requested takes a share of mistakes of 0 to 1, not " + mistakes);
            }
        }

        /** Whether that event's label is a mistake; the same ones each time. */
        boolean mistaken(String id) {
            return Math.floorMod(id.hashCode() * 31, LOTS) < mistakes * LOTS;
        }

        /** Without mistakes as before there were any: runs that go on are compared with it. */
        @Override
        public String toString() {
            return "Requested[delay=" + delay + (mistakes == 0 ? "" : ", mistakes=" + mistakes) + "]";
        }
    }

    /**
     * Reads {@code none}, {@code inline}, {@code late:SECONDS} or {@code requested:SECONDS[:MISTAKES]}; both may have a fraction.
     *
     * @throws IllegalArgumentException naming the flag
     */
    static LabelDelivery parse(String text) {
        Matcher late = Pattern.compile("late:" + NUMBER).matcher(text);
        if (late.matches()) {
            return new Late(seconds(late.group(1)));
        }
        Matcher requested =
                Pattern.compile("requested:" + NUMBER + "(?::" + NUMBER + ")?").matcher(text);
        if (requested.matches()) {
            String mistakes = requested.group(2);
            return new Requested(seconds(requested.group(1)), mistakes == null ? 0 : Double.parseDouble(mistakes));
        }
        return switch (text) {
            case "none" -> new None();
            case "inline" -> new Inline();
            default ->
                throw new IllegalArgumentException(
                        "--labels takes none, inline, late:SECONDS or requested:SECONDS[:MISTAKES], for instance late:30 or"
                                + " requested:5:0.03, not '"
                                + text + "'");
        };
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
}
