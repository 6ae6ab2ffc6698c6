package dev.hemline.control.models;

import dev.hemline.control.models.VersionRow.Accuracy;
import dev.hemline.control.models.VersionRow.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Versions as lines for a terminal, columns as wide as they have to be. */
record VersionTable(ZoneId zone) {
    private static final List<String> HEAD =
            List.of("VERSION", "TRAINED", "ACCURACY (95 %)", "SIZE", "NETWORK", "SIGNED WITH", "STATE");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    List<String> lines(List<VersionRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = new int[HEAD.size()];
        for (List<String> row : cells) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return cells.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }

    private List<String> cells(VersionRow row) {
        return List.of(
                "v" + row.version(),
                time(row.trained()),
                row.accuracy().map(Accuracy::toString).orElse("unknown"),
                size(row.sizeBytes()),
                row.network(),
                row.signedWith().orElse("-"),
                state(row));
    }

    String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private static String state(VersionRow row) {
        List<String> parts = new ArrayList<>();
        if (row.pinned()) {
            parts.add("pinned");
        }
        if (!row.servingInstances().isEmpty()) {
            parts.add("serving on " + String.join(", ", row.servingInstances()));
        }
        for (Refusal refusal : row.refusals()) {
            parts.add("refused by " + refusal.instance() + ": " + refusal.reason());
        }
        return parts.isEmpty() ? "-" : String.join("; ", parts);
    }
}
