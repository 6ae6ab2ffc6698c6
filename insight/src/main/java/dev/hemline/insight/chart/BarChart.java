package dev.hemline.insight.chart;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Lying bars, one group a category: names of categories need room. */
public final class BarChart {
    private static final int ROW = 34;
    private static final int FRAME = 40;

    private final List<String> categories;
    private final NumberFormat format;
    private final Map<String, ChartColour> colours = new LinkedHashMap<>();
    private final DefaultCategoryDataset values = new DefaultCategoryDataset();

    private BarChart(List<String> categories, NumberFormat format) {
        this.categories = List.copyOf(categories);
        this.format = format;
    }

    /** Of values from 0 to 1. */
    public static BarChart ofShares(List<String> categories) {
        return new BarChart(categories, Axes.percent());
    }

    /**
     * Of values of any size.
     *
     * @param decimals how many digits after the point a reader needs
     */
    public static BarChart ofNumbers(List<String> categories, int decimals) {
        return new BarChart(categories, Axes.decimals(decimals));
    }

    /** @param lengths one a category */
    public BarChart add(String name, ChartColour colour, List<Double> lengths) {
        for (int i = 0; i < categories.size(); i++) {
            values.addValue(lengths.get(i), name, categories.get(i));
        }
        colours.put(name, colour);
        return this;
    }

    public Chart titled(String title, String caption) {
        CategoryAxis names = Axes.names();
        names.setLowerMargin(0.01);
        names.setUpperMargin(0.01);
        names.setCategoryMargin(0.25);
        // Names like Ankle boot stay on one line.
        names.setMaximumCategoryLabelWidthRatio(0.4f);
        names.setMaximumCategoryLabelLines(2);
        NumberAxis lengths = Axes.numbers(format);
        lengths.setAutoRangeIncludesZero(true);
        CategoryPlot plot = new CategoryPlot(values, names, lengths, renderer());
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        List<Chart.Key> legend = new ArrayList<>();
        if (colours.size() > 1) {
            colours.forEach((name, colour) -> legend.add(Chart.Key.of(name, colour)));
        }
        return Axes.chart(title, plot, FRAME + ROW * categories.size(), legend, caption);
    }

    private BarRenderer renderer() {
        BarRenderer renderer = new BarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setItemMargin(0.05);
        int series = 0;
        for (ChartColour colour : colours.values()) {
            renderer.setSeriesPaint(series++, colour.standIn());
        }
        return renderer;
    }
}
