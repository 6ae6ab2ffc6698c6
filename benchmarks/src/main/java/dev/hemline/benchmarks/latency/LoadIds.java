package dev.hemline.benchmarks.latency;

import java.util.Locale;

/**
 * The ids of a load's events: {@code hemline-0-3-00000042}.
 *
 * @param load its name, unlike any other's
 */
record LoadIds(String load) {
    private static final int DIGITS = 8;

    /** @param event 0, 1, 2, … */
    String id(int event) {
        return String.format(Locale.ROOT, "%s-%0" + DIGITS + "d", load, event);
    }

    boolean has(String id) {
        return id.length() == load.length() + 1 + DIGITS && id.startsWith(load) && id.charAt(load.length()) == '-';
    }

    /** @param id one of these */
    int event(String id) {
        return Integer.parseInt(id, load.length() + 1, id.length(), 10);
    }
}
