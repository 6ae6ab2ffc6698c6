package dev.hemline.insight.chart;

import java.util.List;
import org.jfree.chart.axis.LogarithmicAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/** How often values fall into ranges. */
public final class Histogram {
    private static final int HEIGHT = 240;

    private Histogram() {}

    /** A bar: how many values lie from {@code low} to {@code high}. */
    public record Bin(double low, double high, double height) {}

    /** Bars on a logarithmic scale, for counts that differ by thousands. */
    public static Chart ofCounts(String title, List<Bin> bins, String caption) {
        LogarithmicAxis counts = new LogarithmicAxis(null);
        counts.setAllowNegativesFlag(false);
        counts.setStrictValuesFlag(false);
        counts.setLog10TickLabelsFlag(true);
        Axes.quiet(counts);
        XYPlot plot = new XYPlot(dataset(title, bins), Axes.wholeNumbers(), counts, bars(ChartColour.FIRST));
        return Axes.chart(title, plot, HEIGHT, List.of(), caption);
    }

    static XYIntervalSeriesCollection dataset(String name, List<Bin> bins) {
        XYIntervalSeries series = new XYIntervalSeries(name);
        for (Bin bin : bins) {
            series.add((bin.low() + bin.high()) / 2, bin.low(), bin.high(), bin.height(), 0, bin.height());
        }
        XYIntervalSeriesCollection dataset = new XYIntervalSeriesCollection();
        dataset.addSeries(series);
        return dataset;
    }

    static XYBarRenderer bars(ChartColour colour) {
        XYBarRenderer renderer = new XYBarRenderer(0.12);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        renderer.setDrawBarOutline(false);
        renderer.setSeriesPaint(0, colour.standIn());
        return renderer;
    }
}
