package dev.hemline.insight.page;

import dev.hemline.model.evaluation.WilsonInterval;
import java.util.Locale;

/** Figures as people read them. */
public final class Figures {
    private Figures() {}

    /** {@code 12,345}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A share of 0 to 1 as {@code 93.52 %}. */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /** A share of 0 to 1 as {@code 93.5 %}. */
    public static String shortPercent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** {@code 93.02 to 93.99 %}. */
    public static String interval(WilsonInterval interval) {
        return String.format(Locale.ROOT, "%.2f to %.2f %%", 100 * interval.low(), 100 * interval.high());
    }

    /** {@code 297 kB}. */
    public static String bytes(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** Multiplications and additions as {@code 12.3 million}. */
    public static String millions(long operations) {
        return String.format(Locale.ROOT, "%.1f million", operations / 1e6);
    }
}
