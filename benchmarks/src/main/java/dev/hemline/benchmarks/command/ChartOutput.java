package dev.hemline.benchmarks.command;

import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.page.ChartFile;
import dev.hemline.service.JsonFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --chart FILE}: what a benchmark came to, as lying bars. */
public final class ChartOutput {
    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the medians into this SVG file.")
    @Nullable
    Path file;

    /** @throws dev.hemline.service.UserError if the file cannot be written: better now than when all is measured */
    public void requireWritable() {
        if (file != null) {
            JsonFile.requireWritable(file);
        }
    }

    /**
     * Draws, if somebody wants to see it.
     *
     * @param caption what the bars are, with their unit
     * @param decimals how many digits after the point a reader needs
     * @param bars by name, from the top
     */
    public void write(String title, String caption, int decimals, Map<String, Double> bars) {
        if (file == null) {
            return;
        }
        List<String> names = new ArrayList<>(bars.keySet());
        Chart chart = BarChart.ofNumbers(names, decimals)
                .add(caption, ChartColour.FIRST, names.stream().map(bars::get).toList())
                .titled(title, caption);
        ChartFile.write(chart, file);
    }
}
