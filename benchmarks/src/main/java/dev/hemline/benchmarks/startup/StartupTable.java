package dev.hemline.benchmarks.startup;

import dev.hemline.benchmarks.command.BusyMachine;
import dev.hemline.benchmarks.startup.StartupReport.Row;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as a person reads it. */
final class StartupTable {
    private StartupTable() {}

    static List<String> lines(StartupReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s; seconds since the process was started; rounds: %d, median (lowest to highest).",
                report.model(), report.rounds()));
        lines.add("");
        lines.add(text("  %-36s%10s%26s%26s", "", "versions", "ready", "first committed result"));
        report.rows()
                .forEach(row -> lines.add(text(
                        "  %-36s%10s%26s%26s",
                        row.contender(),
                        row.readsVersions() ? text("%,d", row.versions()) : "none",
                        seconds(row.ready()),
                        seconds(row.firstResult()))));
        List<Row> told =
                report.rows().stream().filter(row -> !row.steps().isEmpty()).toList();
        if (!told.isEmpty()) {
            lines.add("");
            lines.add(text("  %-36s%10s%s", "On the way, by the log, median", "versions", titles()));
            told.forEach(row -> lines.add(text("  %-36s%,10d%s", row.contender(), row.versions(), medians(row))));
        }
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static String titles() {
        StringBuilder titles = new StringBuilder();
        for (Step step : Step.values()) {
            titles.append(text("%16s", step.title()));
        }
        return titles.toString();
    }

    private static String medians(Row row) {
        StringBuilder medians = new StringBuilder();
        for (Step step : Step.values()) {
            Spread seconds = row.steps().get(step.title());
            medians.append(text("%16s", seconds == null ? "" : text("%.2f", seconds.median())));
        }
        return medians.toString();
    }

    private static String seconds(@Nullable Spread seconds) {
        return seconds == null ? "does not say" : seconds.text(2);
    }

    /** Seconds to the first committed result. */
    static Map<String, Double> bars(StartupReport report) {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (StartupReport.Row row : report.rows()) {
            String versions = row.readsVersions() ? text(", %,d versions", row.versions()) : "";
            bars.put(row.contender() + versions, row.firstResult().median());
        }
        return bars;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
