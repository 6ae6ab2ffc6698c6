package dev.hemline.insight.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** The look that all charts share: a light grid, quiet axes, no frame and no ground, which are the page's. */
final class Axes {
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private Axes() {}

    /** An axis of numbers that starts and ends with the data. */
    static NumberAxis numbers(NumberFormat format) {
        NumberAxis axis = new NumberAxis();
        axis.setNumberFormatOverride(format);
        axis.setAutoRangeIncludesZero(false);
        quiet(axis);
        return axis;
    }

    /** An axis of whole numbers. */
    static NumberAxis wholeNumbers() {
        NumberAxis axis = numbers(NumberFormat.getIntegerInstance(Locale.ROOT));
        axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        axis.setLowerMargin(0.02);
        axis.setUpperMargin(0.02);
        return axis;
    }

    static NumberFormat percent() {
        return NumberFormat.getPercentInstance(Locale.ROOT);
    }

    static NumberFormat decimals(int most) {
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
        format.setMaximumFractionDigits(most);
        return format;
    }

    /** An axis of names. */
    static CategoryAxis names() {
        CategoryAxis axis = new CategoryAxis();
        quiet(axis);
        axis.setTickLabelPaint(ChartColour.INK.standIn());
        return axis;
    }

    static void quiet(Axis axis) {
        axis.setTickLabelFont(FONT);
        axis.setTickLabelPaint(ChartColour.MUTED.standIn());
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
    }

    /** Draws a plot with these axes. */
    static Chart chart(String title, XYPlot plot, int height, List<Chart.Key> legend, String caption) {
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(ChartColour.GRID.standIn());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(6, 2, 2, 10));
        return new Chart(title, draw(plot, height, title), height, legend, caption);
    }

    /** The same for one with an axis of names. */
    static Chart chart(String title, CategoryPlot plot, int height, List<Chart.Key> legend, String caption) {
        plot.setRangeGridlinePaint(ChartColour.GRID.standIn());
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(2, 2, 2, 12));
        return new Chart(title, draw(plot, height, title), height, legend, caption);
    }

    private static String draw(Plot plot, int height, String description) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return SvgDrawing.of(chart, Chart.WIDTH, height, description);
    }
}
