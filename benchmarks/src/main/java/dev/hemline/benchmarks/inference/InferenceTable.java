package dev.hemline.benchmarks.inference;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.hemline.benchmarks.command.BusyMachine;
import dev.hemline.benchmarks.inference.InferenceReport.Row;
import dev.hemline.benchmarks.peer.MatrixProduct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as a person reads it. */
final class InferenceTable {
    private InferenceTable() {}

    static List<String> lines(InferenceReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, %,d parameters, %.1f million operations an image; one thread; with the same weights all answer alike.",
                report.network(), report.parameters(), report.operations() / 1e6));
        lines.add(text(
                "  The peak, products of %1$d x %1$d float32 matrices by %2$s: %3$s billion operations a second.",
                MatrixProduct.SIDE,
                report.peak().library(),
                report.peak().billions().text(0)));
        lines.add("");
        lines.add(text("  %-20s%7s%32s%12s", "", "batch", "images per second", "of the peak"));
        for (List<Row> sameBatch : byBatch(report).values()) {
            sameBatch.forEach(row -> lines.add(text(
                    "  %-20s%7d%32s%10.0f %%",
                    row.contender(), row.batch(), row.speed().imagesPerSecond().text(0), row.shareOfPeak() * 100)));
        }
        lines.add("");
        lines.add("  Times as fast, median of the rounds (lowest to highest)");
        report.ratios()
                .forEach(ratio -> lines.add(text(
                        "  %-27s to %-28s%22s",
                        ratio.name(), ratio.to(), ratio.times().text(2))));
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static Map<Integer, List<Row>> byBatch(InferenceReport report) {
        return report.rows().stream().collect(groupingBy(Row::batch, LinkedHashMap::new, toList()));
    }

    /** Images a second of each contender with the batch size that suits it best. */
    static Map<String, Double> bars(InferenceReport report) {
        Map<String, Row> best = new LinkedHashMap<>();
        report.rows().forEach(row -> best.merge(row.contender(), row, InferenceTable::faster));
        Map<String, Double> bars = new LinkedHashMap<>();
        best.values().forEach(row -> bars.put(row.contender() + ", " + row.batch(), speed(row)));
        return bars;
    }

    private static Row faster(Row some, Row other) {
        return speed(other) > speed(some) ? other : some;
    }

    private static double speed(Row row) {
        return row.speed().imagesPerSecond().median();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
