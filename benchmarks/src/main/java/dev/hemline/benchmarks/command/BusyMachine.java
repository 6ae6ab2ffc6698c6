package dev.hemline.benchmarks.command;

import java.util.List;
import java.util.Locale;

/** A machine that had other things to do before a measurement began. */
public final class BusyMachine {
    private static final double BUSY = 0.5;

    private BusyMachine() {}

    /**
     * Lines for the end of a table; none if the machine was idle, or does not tell.
     *
     * @param loadBefore processes that wanted a processor in the minute before
     */
    public static List<String> warning(double loadBefore, int processors) {
        if (loadBefore <= BUSY) {
            return List.of();
        }
        return List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "  The machine was busy before (load average %.1f on %d processors): figures are too low, ratios may be off.",
                        loadBefore,
                        processors));
    }
}
