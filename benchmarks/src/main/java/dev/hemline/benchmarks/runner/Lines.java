package dev.hemline.benchmarks.runner;

import dev.hemline.service.TerminalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person reads of a bench, line after line; the first is empty, for a progress bar stands above. */
public final class Lines {
    private final List<String> lines = new ArrayList<>(List.of(""));

    /** How figures read, whatever the language of the machine. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** A sentence. */
    public Lines say(String format, Object... values) {
        lines.add("  " + text(format, values));
        return this;
    }

    /** An empty line. */
    public Lines gap() {
        lines.add("");
        return this;
    }

    /** A line of somebody else's. */
    public Lines add(String line) {
        lines.add(line);
        return this;
    }

    /** A table whose rows begin where sentences do. */
    public Lines add(TerminalTable table) {
        lines.addAll(table.lines());
        return this;
    }

    /** All of it, with a warning at the end if the machine had other things to do. */
    public List<String> on(Machine machine) {
        if (machine.busy()) {
            gap().say(
                            "The machine was busy before (load average %.1f on %d processors): figures are too low, ratios may be off.",
                            machine.loadBefore(), machine.processors());
        }
        return lines;
    }
}
