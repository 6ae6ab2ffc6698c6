package dev.hemline.insight.page;

import dev.hemline.insight.chart.Chart;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A chart as an SVG file of its own, with title, caption and legend, in colours for light and for dark. */
public final class ChartFile {
    /** Where the drawing begins if there is no legend. */
    private static final int TOP = 56;

    private static final int BOTTOM = 10;
    private static final int LEFT = 20;
    private static final int COLUMNS = 3;
    private static final int COLUMN = 147;
    private static final int ROW = 16;

    private ChartFile() {}

    /** What the template takes. */
    private record Content(
            String title, String caption, int height, List<Key> legend, int top, int drawingHeight, String drawing) {}

    private record Key(int x, int y, int textX, int textY, String name, String colour) {}

    /**
     * Writes the file, whole or not at all.
     *
     * @throws UserError if the file cannot be written
     */
    public static void write(Chart chart, Path file) {
        List<Key> legend = IntStream.range(0, chart.legend().size())
                .mapToObj(place -> key(chart.legend().get(place), place))
                .toList();
        int top = TOP + ROW * ((legend.size() + COLUMNS - 1) / COLUMNS);
        var content = new Content(
                chart.title(),
                chart.caption(),
                top + chart.height() + BOTTOM,
                legend,
                top,
                chart.height(),
                chart.svg());
        Page.of(ChartFile.class, "chart.svg", content).write(file);
    }

    private static Key key(Chart.Key key, int place) {
        int x = LEFT + place % COLUMNS * COLUMN;
        int y = TOP + 6 + place / COLUMNS * ROW;
        return new Key(x, y, x + 22, y + 4, key.name(), key.colour());
    }
}
