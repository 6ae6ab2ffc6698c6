package dev.hemline.producer;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the true label of an image becomes known to others. */
public sealed interface LabelDelivery {

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
     */
    record Requested(Duration delay) implements LabelDelivery {
        public Requested {
            if (delay.isNegative()) {
                throw new IllegalArgumentException("--labels requested takes 0 seconds or more");
            }
        }
    }

    /**
     * Reads {@code none}, {@code inline}, {@code late:SECONDS} or {@code requested:SECONDS}; seconds may have a fraction.
     *
     * @throws IllegalArgumentException naming the flag
     */
    static LabelDelivery parse(String text) {
        Matcher after =
                Pattern.compile("(late|requested):(\\d{1,9}(?:\\.\\d{1,3})?)").matcher(text);
        if (after.matches()) {
            Duration delay = Duration.ofMillis(Math.round(Double.parseDouble(after.group(2)) * 1000));
            return after.group(1).equals("late") ? new Late(delay) : new Requested(delay);
        }
        return switch (text) {
            case "none" -> new None();
            case "inline" -> new Inline();
            default ->
                throw new IllegalArgumentException(
                        "--labels takes none, inline, late:SECONDS or requested:SECONDS, for instance late:30, not '"
                                + text + "'");
        };
    }
}
