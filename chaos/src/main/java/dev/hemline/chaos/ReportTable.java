package dev.hemline.chaos;

import dev.hemline.chaos.check.CheckReport;
import dev.hemline.service.TerminalTable;
import dev.hemline.service.TerminalTable.Column;
import dev.hemline.service.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as a person reads it. */
final class ReportTable {
    private ReportTable() {}

    static List<String> of(ChaosReport report) {
        var faults = new TerminalTable(
                2,
                Column.left("fault", 20),
                Column.right("times", 6),
                Column.right("recovery p50", 12),
                Column.right("max", 8));
        report.faults().forEach((kind, seconds) -> addTo(faults, kind, seconds));
        addTo(faults, "all", report.recovery());
        List<String> lines = new ArrayList<>(List.of(""));
        lines.addAll(faults.lines());
        lines.add("");
        CheckReport outcomes = report.outcomes();
        lines.add(figure("sent", outcomes.sent()));
        lines.add(figure("results", outcomes.results()));
        lines.add(figure("dead letters", outcomes.deadLetters()));
        lines.add(figure("missing", outcomes.missing()));
        lines.add(figure("duplicated", outcomes.duplicated()));
        lines.add(figure("wrong", outcomes.allWrong()) + " of " + Texts.count(outcomes.predicted()) + " predicted again"
                + details(outcomes.wrong()));
        lines.add(figure("scores difference", outcomes.scoresDifference()) + " of " + Texts.count(outcomes.scored())
                + " scored");
        lines.add(figure("versions back", outcomes.versionsBack()));
        lines.add(figure("models", report.models()) + ", " + Texts.count(sum(outcomes.refused())) + " refused"
                + details(outcomes.refused()));
        if (report.endedByThemselves() > 0 || report.notRecovered() > 0) {
            lines.add(figure("ended by themselves", report.endedByThemselves()));
            lines.add(figure("not recovered", report.notRecovered()));
        }
        if (report.acknowledged() > outcomes.sent()) {
            lines.add(figure("lost by brokers", report.acknowledged() - outcomes.sent()));
        }
        lines.add("");
        lines.add(verdict(report));
        return lines;
    }

    private static String verdict(ChaosReport report) {
        if (report.clean()) {
            return "  Every event has exactly one outcome, and the right one. Seed " + report.seed() + ".";
        }
        return report.outcomes().drained()
                ? "  Not clean. Seed " + report.seed() + "."
                : "  Not clean: the classifiers had not done with everything when it was counted. Seed " + report.seed()
                        + ".";
    }

    private static void addTo(TerminalTable table, String kind, Recoveries.Seconds seconds) {
        table.row(kind, seconds.count(), seconds(seconds.p50()), seconds(seconds.max()));
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static String figure(String name, long count) {
        return String.format(Locale.ROOT, "  %-20s  %8s", name, Texts.count(count));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String details(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : ": " + counts.toString().replaceAll("[{}]", "").replace("=", " ");
    }
}
