package dev.hemline.quickstart.metrics;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tables of docs/metrics.md. */
record SeriesTable(List<Row> rows) {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]+) \\|");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

    record Row(String section, Series series) {}

    static SeriesTable read() throws IOException {
        List<Row> rows = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (row.matches()) {
                Set<String> labels = QUOTED.matcher(row.group(3))
                        .results()
                        .map(quoted -> quoted.group(1))
                        .collect(toCollection(TreeSet::new));
                rows.add(new Row(section, new Series(row.group(1), row.group(2), labels)));
            }
        }
        return new SeriesTable(rows);
    }

    List<Series> of(String... sections) {
        return rows.stream()
                .filter(row -> Stream.of(sections).anyMatch(row.section()::equals))
                .map(Row::series)
                .toList();
    }
}
