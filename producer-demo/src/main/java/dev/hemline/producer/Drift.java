package dev.hemline.producer;

import dev.hemline.fashionmnist.Corruption;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One way in which what is sent changes while it is sent, for good or for a time.
 *
 * @param strength when it has grown to its full, as its kind counts it
 * @param onset how long after sending began it sets in
 * @param ramp over how long it then grows, evenly; zero for at once
 * @param end how long after sending began it is over; empty for never
 */
public record Drift(Kind kind, double strength, Duration onset, Duration ramp, Optional<Duration> end) {
    private static final String SECONDS = "(\\d{1,9}(?:\\.\\d{1,3})?)";
    private static final Pattern FORM = Pattern.compile(
            "(\\w+)(?::(-?\\d{1,9}(?:\\.\\d{1,9})?))?@" + SECONDS + "(?:\\+" + SECONDS + ")?(?:-" + SECONDS + ")?");

    /** What changes. */
    public enum Kind {
        BRIGHTER("grey levels added", 0, 40, 0, 255, Corruption::brighter),
        DARKER("share of the brightness left", 1, 0.5, 0, 1, Corruption::darker),
        NOISE("sigma in grey levels", 0, 50, 0, 255, Corruption::noise),
        BLUR("sigma in pixels", 0, 1, 0, 20, Corruption::blur),
        ROTATE("degrees clockwise", 0, 15, -180, 180, Corruption::rotate),
        SHIFT("pixels to the right", 0, 4, -1000, 1000, right -> Corruption.shift(right, 0)),
        ZOOM("times as large", 1, 1.3, 0.1, 10, Corruption::zoom),
        INVERT("share of the pictures", 0, 1, 0, 1, Corruption.invert()::befalling),
        FLIP("share of the pictures upside down", 0, 1, 0, 1, Corruption.flip()::befalling),
        /** Leaves pictures alone. */
        MIX("times as many of the first class", 1, 3, 1, 1000, times -> Corruption.none()),
        JPEG("quality of 100", 100, 10, 1, 100, Corruption::jpeg);

        private final String unit;
        private final double none;
        private final double usual;
        private final double lowest;
        private final double highest;

        @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
        private final DoubleFunction<Corruption> corruption;

        /**
         * @param none the strength that changes nothing
         * @param corruption what a strength does to pictures
         */
        Kind(
                String unit,
                double none,
                double usual,
                double lowest,
                double highest,
                DoubleFunction<Corruption> corruption) {
            this.unit = unit;
            this.none = none;
            this.usual = usual;
            this.lowest = lowest;
            this.highest = highest;
            this.corruption = corruption;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For good. */
    public Drift(Kind kind, double strength, Duration onset, Duration ramp) {
        this(kind, strength, onset, ramp, Optional.empty());
    }

    /** @throws IllegalArgumentException if the strength is not one of that kind, or it ends before it begins */
    public Drift {
        end.ifPresent(over -> {
            if (over.compareTo(onset) <= 0) {
                throw new IllegalArgumentException("--drift " + kind + " ends after " + text(over.toMillis() / 1e3)
                        + " s and sets in after " + text(onset.toMillis() / 1e3) + " s; it is to end later");
            }
        });
        if (!(strength >= kind.lowest && strength <= kind.highest)) {
            throw new IllegalArgumentException("--drift %s takes %s to %s (%s), not %s"
                    .formatted(kind, text(kind.lowest), text(kind.highest), kind.unit, text(strength)));
        }
    }

    /**
     * Reads {@code KIND[:STRENGTH]@SECONDS[+RAMP][-END]}; seconds may have a fraction.
     *
     * @throws IllegalArgumentException naming the flag and the kinds
     */
    public static Drift parse(String text) {
        Matcher form = FORM.matcher(text);
        Kind kind = form.matches()
                ? Arrays.stream(Kind.values())
                        .filter(each -> each.name().equalsIgnoreCase(form.group(1)))
                        .findAny()
                        .orElse(null)
                : null;
        if (kind == null) {
            throw new IllegalArgumentException(
                    "--drift takes KIND[:STRENGTH]@SECONDS[+RAMP][-END], for instance brighter@60, noise:25@60+30 or"
                            + " blur@60-120, not '"
                            + text + "'; kinds are " + kinds());
        }
        String strength = form.group(2);
        String ramp = form.group(4);
        return new Drift(
                kind,
                strength == null ? kind.usual : Double.parseDouble(strength),
                seconds(form.group(3)),
                ramp == null ? Duration.ZERO : seconds(ramp),
                Optional.ofNullable(form.group(5)).map(Drift::seconds));
    }

    private static String kinds() {
        return Arrays.stream(Kind.values()).map(Kind::toString).collect(Collectors.joining(", "));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }

    /** How strong it is that long after sending began. */
    double strengthAt(Duration elapsed) {
        if (end.filter(over -> elapsed.compareTo(over) >= 0).isPresent()) {
            return kind.none;
        }
        Duration since = elapsed.minus(onset);
        if (since.isNegative() || since.compareTo(ramp) >= 0) {
            return since.isNegative() ? kind.none : strength;
        }
        return kind.none + (strength - kind.none) * since.toNanos() / ramp.toNanos();
    }

    /** What it does to pictures that long after sending began; nothing before its onset. */
    public Corruption corruptionAt(Duration elapsed) {
        double now = strengthAt(elapsed);
        return now == kind.none ? Corruption.none() : kind.corruption.apply(now);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return "%s:%s@%s+%s%s"
                .formatted(
                        kind,
                        text(strength),
                        text(onset.toMillis() / 1e3),
                        text(ramp.toMillis() / 1e3),
                        end.map(over -> "-" + text(over.toMillis() / 1e3)).orElse(""));
    }

    private static String text(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    }
}
