package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.command.BusyMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a person reads it. */
final class StreamTable {
    /** With fewer events, a commit or two may be all there is. */
    private static final int SHORT = 20_000;

    private StreamTable() {}

    static List<String> lines(StreamReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, a backlog of %,d events, %s, %d threads each, %d processors for all, broker included.",
                report.model(), report.events(), report.guarantee(), report.threads(), report.processors()));
        lines.add(text(
                "  Bare inference of the archive, batches of 64: %s microseconds of processor time an image.",
                report.bareMicros().text(0)));
        lines.add("");
        lines.add(
                text("  %-36s%28s%32s%12s", "", "events per second", "processor microseconds an event", "efficiency"));
        report.rows()
                .forEach(row -> lines.add(text(
                        "  %-36s%28s%32s%12.2f",
                        row.contender(),
                        row.eventsPerSecond().imagesPerSecond().text(0),
                        row.processorMicros().text(0),
                        row.efficiency())));
        addRatios(report, lines);
        long others = report.rows().stream()
                .mapToLong(StreamReport.Row::otherLabels)
                .max()
                .orElse(0);
        lines.add("");
        lines.add(text("  All answered the same events; at most %,d of %,d labels differ.", others, report.events()));
        if (report.events() < SHORT) {
            lines.add(text(
                    "  A backlog of %,d events is soon done with: the start of a process may count, or little else.",
                    report.events()));
        }
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static void addRatios(StreamReport report, List<String> lines) {
        if (report.ratios().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(text(
                "  Events per second of %s, times those of; median of the rounds (lowest to highest)",
                report.rows().get(0).contender()));
        report.ratios()
                .forEach(ratio ->
                        lines.add(text("  %-36s%28s", ratio.to(), ratio.times().text(2))));
    }

    /** Events a second of each contender. */
    static Map<String, Double> bars(StreamReport report) {
        Map<String, Double> bars = new LinkedHashMap<>();
        report.rows()
                .forEach(row -> bars.put(
                        row.contender(), row.eventsPerSecond().imagesPerSecond().median()));
        return bars;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
