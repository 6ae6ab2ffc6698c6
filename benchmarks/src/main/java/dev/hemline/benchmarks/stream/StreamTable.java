package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as a person reads it. */
final class StreamTable {
    private static final double BUSY = 0.5;

    /** With fewer events, a commit or two may be all there is. */
    private static final int SHORT = 20_000;

    private StreamTable() {}

    static List<String> lines(StreamReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, a backlog of %,d events, %s, %d threads each, %d processors for all, broker included.",
                report.network(), report.events(), report.guarantee(), report.threads(), report.processors()));
        lines.add(text(
                "  Bare inference of the archive, batches of 64: %s microseconds of processor time an image.",
                spread(report.bareMicros(), 0)));
        lines.add("");
        lines.add(
                text("  %-36s%28s%32s%12s", "", "events per second", "processor microseconds an event", "efficiency"));
        report.rows()
                .forEach(row -> lines.add(text(
                        "  %-36s%28s%32s%12.2f",
                        row.contender(),
                        spread(row.eventsPerSecond().imagesPerSecond(), 0),
                        spread(row.processorMicros(), 0),
                        row.efficiency())));
        lines.add("");
        lines.add("  Hemline's events per second, times those of; median of the rounds (lowest to highest)");
        report.ratios().forEach(ratio -> lines.add(text("  %-36s%28s", ratio.to(), spread(ratio.times(), 2))));
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
        if (report.loadBefore() > BUSY) {
            lines.add(text(
                    "  The machine was busy before (load average %.1f on %d processors): figures are too low, ratios may be off.",
                    report.loadBefore(), report.processors()));
        }
        return lines;
    }

    private static String spread(Spread spread, int decimals) {
        String number = "%,." + decimals + "f";
        return text(number + " (" + number + " to " + number + ")", spread.median(), spread.lowest(), spread.highest());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
