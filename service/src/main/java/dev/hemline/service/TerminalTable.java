package dev.hemline.service;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** Rows under headers, each column as wide as what is in it, two spaces apart. */
public final class TerminalTable {
    private static final int GAP = 2;

    private final int indent;
    private final List<Column> columns;
    private final List<String[]> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param header what stands above; where all are empty there is no such line
     * @param width of the narrowest
     * @param right whether cells end where the header ends, as numbers do
     */
    public record Column(String header, int width, boolean right) {
        public static Column left(String header) {
            return new Column(header, 0, false);
        }

        public static Column left(String header, int width) {
            return new Column(header, width, false);
        }

        public static Column right(String header) {
            return new Column(header, 0, true);
        }

        public static Column right(String header, int width) {
            return new Column(header, width, true);
        }
    }

    public TerminalTable(Column... columns) {
        this(0, columns);
    }

    /** @param indent spaces before each line */
    public TerminalTable(int indent, Column... columns) {
        this.indent = indent;
        this.columns = List.of(columns);
        if (this.columns.stream().anyMatch(column -> !column.header().isEmpty())) {
            rows.add(this.columns.stream().map(Column::header).toArray(String[]::new));
        }
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are columns; whole numbers are shown as {@code 12,345}, others by their text
     * @return this table
     */
    public TerminalTable row(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(TerminalTable::text).toArray(String[]::new));
        return this;
    }

    private static String text(Object cell) {
        return cell instanceof Number number && (cell instanceof Integer || cell instanceof Long)
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : String.valueOf(cell);
    }

    /** The header and the rows, without spaces at their ends. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
        TextTable table = TextTable.forColumns(
                Help.defaultColorScheme(Ansi.OFF),
                IntStream.range(0, widths.length)
                        .mapToObj(column ->
                                new Help.Column(before(column) + widths[column], before(column), Overflow.TRUNCATE))
                        .toArray(Help.Column[]::new));
        rows.forEach(row -> table.addRowValues(IntStream.range(0, widths.length)
                .mapToObj(column -> aligned(row[column], widths[column], columns.get(column)))
                .toArray(String[]::new)));
        return table.toString().lines().toList();
    }

    private int before(int column) {
        return column == 0 ? indent : GAP;
    }

    private int width(int column) {
        int widest = rows.stream().mapToInt(row -> row[column].length()).max().orElse(0);
        return Math.max(columns.get(column).width(), widest);
    }

    private static String aligned(String cell, int width, Column column) {
        return column.right() ? " ".repeat(width - cell.length()) + cell : cell;
    }
}
