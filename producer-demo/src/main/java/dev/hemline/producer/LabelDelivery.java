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
     * Reads {@code none}, {@code inline} or {@code late:SECONDS}; seconds may have a fraction.
     *
     * @throws IllegalArgumentException naming the flag
     */
    static LabelDelivery parse(String text) {
        Matcher late = Pattern.compile("late:(\\d{1,9}(?:\\.\\d{1,3})?)").matcher(text);
        if (late.matches()) {
            return new Late(Duration.ofMillis(Math.round(Double.parseDouble(late.group(1)) * 1000)));
        }
        return switch (text) {
            case "none" -> new None();
            case "inline" -> new Inline();
            default ->
                throw new IllegalArgumentException(
                        "--labels takes none, inline or late:SECONDS, for instance late:30, not '" + text + "'");
        };
    }
}
