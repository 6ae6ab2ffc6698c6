package dev.hemline.benchmarks.runner;

import dev.hemline.service.TerminalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a person reads of a bench, line after line; the first is empty, for a progress bar stands above. */
public final class Lines {
    private static final int INDENT = 2;

    private final List<String> lines = new ArrayList<>(List.of(""));

    /**
     * A column of a table.
     *
     * @param cell what it shows of a row
     */
    public record Column<R>(TerminalTable.Column header, Function<R, Object> cell) {
        public static <R> Column<R> left(String header, int width, Function<R, Object> cell) {
            return new Column<>(TerminalTable.Column.left(header, width), cell);
        }

        public static <R> Column<R> right(String header, int width, Function<R, Object> cell) {
            return new Column<>(TerminalTable.Column.right(header, width), cell);
        }
    }

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
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of() only reads them
    public final <R> Lines table(List<R> rows, Column<R>... columns) {
        return table(rows, List.of(columns));
    }

    /** The same, of columns that depend on what there is. */
    public <R> Lines table(List<R> rows, List<Column<R>> columns) {
        lines.addAll(tableLines(rows, columns));
        return this;
    }

    /** The header and the rows of such a table. */
    public static <R> List<String> tableLines(List<R> rows, List<Column<R>> columns) {
        var table =
                new TerminalTable(INDENT, columns.stream().map(Column::header).toArray(TerminalTable.Column[]::new));
        rows.forEach(row -> table.row(
                columns.stream().map(column -> column.cell().apply(row)).toArray()));
        return table.lines();
    }

    /** All of it, with a warning at the end if the machine had other things to do. */
    public List<String> on(Machine machine) {
        if (machine.busy()) {
            gap().say(
                            "The machine was busy before (load average %.1f on %d processors): figures are too low, ratios may be off.",
                            machine.loadBefore(), machine.processors());
        }
        return all();
    }

    /** All of it. */
    public List<String> all() {
        return lines;
    }
}
