package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.command.BusyMachine;
import dev.hemline.benchmarks.scale.ScaleReport.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a person reads it. */
final class ScaleTable {
    private ScaleTable() {}

    static List<String> lines(ScaleReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, exactly once, %d processors for all, brokers included; median of %d rounds (lowest to highest).",
                report.model(), report.processors(), report.rounds()));
        lines.add(text(
                "  Unless varied: %d partitions, %d instance, raw images of %d bytes, a backlog of %,d events; warm-up of %,d.",
                Setting.USUAL.partitions(),
                Setting.USUAL.instances(),
                ScaleSettings.RAW_BYTES,
                report.events(),
                report.warmUp()));
        report.tables().forEach(table -> addTable(lines, table));
        Outcomes outcomes = report.outcomes();
        lines.add("");
        lines.add(
                outcomes.exactlyOnce()
                        ? text("  All %,d events, warm-up included, came back exactly once.", outcomes.sent())
                        : text(
                                "  Of %,d events %,d were lost, and %,d results were doubles.",
                                outcomes.sent(), outcomes.lost(), outcomes.duplicated()));
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static void addTable(List<String> lines, Table table) {
        lines.add("");
        lines.add(text(
                "  %-22s%14s%28s%36s%28s",
                table.title(),
                "events a turn",
                "events per second",
                "processor microseconds an event",
                "times the first"));
        table.rows()
                .forEach(row -> lines.add(text(
                        "  %,22d%,14d%28s%36s%28s",
                        row.value(),
                        row.events(),
                        row.eventsPerSecond().text(0),
                        row.processorMicros().text(0),
                        row.timesTheFirst().text(2))));
    }

    /** Processor time of an event, by what was varied; beside a large picture all others would be too short to see. */
    static Map<String, Double> bars(ScaleReport report) {
        Map<String, Double> bars = new LinkedHashMap<>();
        boolean sizesOnly = report.tables().size() == 1;
        for (Table table : report.tables()) {
            if (table.dimension().equals(Dimension.SIZE.toString()) && !sizesOnly) {
                continue;
            }
            table.rows()
                    .forEach(row -> bars.put(
                            text("%s %,d", table.dimension(), row.value()),
                            row.processorMicros().median()));
        }
        return bars;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
