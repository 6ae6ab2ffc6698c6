package dev.hemline.control.labellers;

import dev.hemline.event.Labeller;
import dev.hemline.service.DecisionText;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What was said of a labeller, for programs; its fields are those of {@code --json}. */
record LabellerRow(
        String name,
        String state,
        Instant changedAt,
        String by,
        String reason,
        @Nullable Integer labels,
        @Nullable Integer disagreements) {
    private static final int MOST_CHARS = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    static LabellerRow of(Labeller labeller) {
        return new LabellerRow(
                labeller.getName(),
                DecisionText.words(labeller.getState()),
                labeller.getChangedAt(),
                labeller.getBy(),
                labeller.getReason(),
                labeller.getLabels(),
                labeller.getDisagreements());
    }

    /** As a person reads them. */
    static List<String> table(List<LabellerRow> rows, ZoneId zone) {
        var table = new TerminalTable(
                Column.left("LABELLER"),
                Column.left("STATE"),
                Column.left("SINCE"),
                Column.left("BY"),
                Column.left("WHY"));
        rows.forEach(row -> table.row(
                row.name.isEmpty() ? "(no name)" : printable(row.name),
                row.state,
                TIME.format(row.changedAt.atZone(zone)),
                printable(row.by),
                printable(row.reason)));
        return table.lines();
    }

    private static String printable(String text) {
        return Texts.printable(text, MOST_CHARS);
    }
}
