package dev.hemline.control.models;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;

import dev.hemline.service.TerminalTable;
import dev.hemline.service.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Comparisons of versions as lines for a terminal. */
final class ExperimentText {
    private static final int MOST_CHARS = 60;
    /** A larger power of e is no number to a computer, nor to a person. */
    private static final double MOST_LOG = 700;

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
            return "none yet";
        }
        return String.format(
                Locale.ROOT,
                "v%d %s, %s%s (e-value %.3g)%s",
                made.candidate(),
                made.outcome(),
                made.reason(),
                made.segment() == null ? "" : " " + Texts.printable(made.segment(), MOST_CHARS),
                Math.exp(Math.min(made.logEValue(), MOST_LOG)),
                made.phase().equals("probation") ? " in its probation" : "");
    }
}
