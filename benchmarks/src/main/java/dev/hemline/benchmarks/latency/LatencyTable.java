package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.command.BusyMachine;
import dev.hemline.benchmarks.latency.LatencyReport.Quantiles;
import dev.hemline.benchmarks.latency.LatencyReport.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a person reads it. */
final class LatencyTable {
    private static final double LATE_MILLIS = 5;

    private LatencyTable() {}

    static List<String> lines(LatencyReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, exactly once; each load lasts %.1f s, medians of rounds: %d; %d processors for all, broker included.",
                report.model(), report.seconds(), report.rounds(), report.processors()));
        report.capacities()
                .forEach((contender, capacity) ->
                        lines.add(text("  Capacity of %s: %,.0f events a second.", contender, capacity)));
        lines.add("");
        lines.add(text(
                "  %-40s%36s%36s", "Milliseconds from when an event was due", "committed result read", "uncommitted"));
        lines.add(text("  %-40s%s%s", "", header(), header()));
        addRows(report, lines);
        addComparisons(report, lines);
        lines.add("");
        lines.add(text(
                "  Every event came back exactly once; at most %,d labels of a turn are others than before.",
                report.otherLabels()));
        double late =
                report.rows().stream().mapToDouble(Row::senderLateMillis).max().orElse(0);
        if (late > LATE_MILLIS) {
            lines.add(text("  The sender was late by up to %.0f ms (p99), which is in all of these figures.", late));
        }
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static void addRows(LatencyReport report, List<String> lines) {
        String load = "";
        for (Row row : report.rows()) {
            if (!row.load().equals(load)) {
                load = row.load();
                lines.add(text("  %s: %,.0f events a second", load, row.eventsPerSecond()));
            }
            lines.add(line(row, report.rounds()));
        }
    }

    private static void addComparisons(LatencyReport report, List<String> lines) {
        if (report.comparisons().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(text(
                "  %-52s%30s%30s",
                "p99 of " + report.comparisons().get(0).name() + " as a multiple of that of",
                "committed result read",
                "uncommitted"));
        report.comparisons()
                .forEach(one -> lines.add(text(
                        "    %-50s%30s%30s",
                        text("%s, %,.0f a second", one.to(), one.eventsPerSecond()),
                        one.committed().text(2),
                        one.uncommitted().text(2))));
    }

    private static String line(Row row, int rounds) {
        String who = row.contender()
                + (row.withSwaps() ? text(", %d %s", row.swaps(), row.swaps() == 1 ? "swap" : "swaps") : "");
        if (row.committed() == null || row.uncommitted() == null) {
            return text("    %-38s%36s", who, "cannot keep up");
        }
        String note = row.behind() == 0 ? "" : text("  fell behind in %d of %d rounds", row.behind(), rounds);
        return text("    %-38s%s%s%s", who, figures(row.committed()), figures(row.uncommitted()), note);
    }

    private static String header() {
        return text("%12s%8s%8s%8s", "p50", "p99", "p99.9", "max");
    }

    private static String figures(Quantiles millis) {
        return text(
                "%,12.0f%,8.0f%,8.0f%,8.0f",
                millis.p50().median(),
                millis.p99().median(),
                millis.p999().median(),
                millis.max().median());
    }

    /** 99 of 100 committed results are read within so many milliseconds, load by load; where one kept up in every round. */
    static Map<String, Double> bars(LatencyReport report) {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (LatencyReport.Row row : report.rows()) {
            if (row.committed() != null && row.behind() == 0) {
                String swaps = row.withSwaps() ? ", swaps" : "";
                bars.put(
                        text("%,.0f/s %s%s", row.eventsPerSecond(), row.contender(), swaps),
                        row.committed().p99().median());
            }
        }
        return bars;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
