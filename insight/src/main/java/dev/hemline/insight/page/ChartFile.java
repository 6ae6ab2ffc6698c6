package dev.hemline.insight.page;

import dev.hemline.insight.chart.Chart;
import dev.hemline.service.UserError;
import java.nio.file.Path;

/** A chart as an SVG file of its own, with title and caption, in colours for light and for dark. */
public final class ChartFile {
    private static final int FRAME = 66;

    private ChartFile() {}

    /** What the template takes. */
    private record Content(String title, String caption, int height, int drawingHeight, String drawing) {}

    /**
     * Writes the file, whole or not at all.
     *
     * @param chart of one thing only: the file has no legend
     * @throws UserError if the file cannot be written
     */
    public static void write(Chart chart, Path file) {
        var content = new Content(chart.title(), chart.caption(), chart.height() + FRAME, chart.height(), chart.svg());
        Page.of(ChartFile.class, "chart.svg", content).write(file);
    }
}
