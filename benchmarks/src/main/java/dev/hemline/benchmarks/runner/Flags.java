package dev.hemline.benchmarks.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import picocli.CommandLine.Model.OptionSpec;

/** Refuses what flags cannot be, by an {@link IllegalArgumentException} that names the flag. */
public final class Flags {
    /** The least and the most that an option takes; where it takes several, there is to be one, and each is to be so. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.FIELD)
    public @interface Within {
        double[] value();
    }

    private Flags() {}

    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Looks at what an option has been set to, if its field says what it takes. */
    static void requireWithin(OptionSpec option) {
        Within range = option.userObject() instanceof Field field ? field.getAnnotation(Within.class) : null;
        Object set = option.getValue();
        if (range == null || set == null) {
            return;
        }
        String flag = option.longestName();
        if (set instanceof Collection<?> several) {
            require(!several.isEmpty(), flag + " needs at least one");
            several.forEach(value -> requireWithin(flag + " are ", (Number) value, range.value()));
        } else {
            requireWithin(flag + " is ", (Number) set, range.value());
        }
    }

    private static void requireWithin(String flag, Number value, double[] range) {
        require(
                value.doubleValue() >= range[0] && value.doubleValue() <= range[1],
                flag + text(range[0]) + " to " + text(range[1]) + ", not " + text(value.doubleValue()));
    }

    /** So many seconds. */
    public static Duration seconds(double value) {
        return Duration.ofMillis(Math.round(value * 1000));
    }

    private static String text(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
