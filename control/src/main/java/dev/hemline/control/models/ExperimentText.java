package dev.hemline.control.models;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;

import dev.hemline.service.DecisionText;
import dev.hemline.service.TerminalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons of versions as lines for a terminal. */
final class ExperimentText {
    private ExperimentText() {}

    static List<String> table(String model, List<ExperimentRow> rows) {
        TerminalTable table = new TerminalTable(
                left("CHALLENGER"),
                left("BESIDE"),
                right("LABELS"),
                right("WON"),
                right("LOST"),
                right("DIFFERENCE"),
                left("DECISION"));
        rows.forEach(row -> table.row(
                "v" + row.challenger(),
                "v" + row.champion(),
                row.labels(),
                row.challengerAlone(),
                row.championAlone(),
                String.format(Locale.ROOT, "%+.2f points", 100 * row.difference()),
                decision(row)));
        List<String> lines = new ArrayList<>(List.of("Model " + model, ""));
        lines.addAll(table.lines());
        return lines;
    }

    private static String decision(ExperimentRow row) {
        ExperimentRow.Decision made = row.decision();
        if (made == null) {
            return row.waitsFor().isEmpty() ? "none yet" : "waits for " + String.join(", ", row.waitsFor());
        }
        return String.format(
                Locale.ROOT,
                "v%d %s, %s%s (e-value %s)%s",
                made.candidate(),
                made.outcome(),
                made.reason(),
                made.segment() == null ? "" : " " + made.segment(),
                DecisionText.eValue(made.logEValue()),
                made.phase().equals("probation") ? " in its probation" : "");
    }
}
