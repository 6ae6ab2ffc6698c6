package dev.hemline.benchmarks.runner;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Refuses what flags cannot be, by an {@link IllegalArgumentException} that names the flag. */
public final class Flags {
    private static final double HOUR = 3600;

    private Flags() {}

    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    public static void within(String flag, double value, double least, double most) {
        require(value >= least && value <= most, flag + " is " + range(least, most) + ", not " + text(value));
    }

    /** Of several values, at least one. */
    public static void allWithin(String flag, List<? extends Number> values, double least, double most) {
        require(!values.isEmpty(), flag + " needs at least one");
        values.forEach(value -> require(
                value.doubleValue() >= least && value.doubleValue() <= most,
                flag + " are " + range(least, most) + ", not " + value));
    }

    /** So many seconds, an hour at most. */
    public static Duration seconds(String flag, double value, double least) {
        within(flag, value, least, HOUR);
        return Duration.ofMillis(Math.round(value * 1000));
    }

    private static String range(double least, double most) {
        return text(least) + " to " + text(most);
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
