package dev.hemline.insight.chart;

import java.awt.BasicStroke;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Curves over whole numbers, epochs for instance. */
public final class LineChart {
    private static final int HEIGHT = 240;
    /** More points than this are a curve by themselves. */
    private static final int MOST_DOTS = 40;

    private static final Stroke MARKED =
            new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {2, 3}, 0);

    private final XYSeriesCollection curves = new XYSeriesCollection();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
    private final List<ValueMarker> marks = new ArrayList<>();
    private final List<Chart.Key> legend = new ArrayList<>();
    private final NumberFormat values;

    private LineChart(NumberFormat values) {
        this.values = values;
    }

    /** Curves of plain numbers with at most that many decimals. */
    public static LineChart ofNumbers(int decimals) {
        return new LineChart(Axes.decimals(decimals));
    }

    /** Curves of shares, 0 to 1, shown in per cent. */
    public static LineChart ofShares() {
        NumberFormat percent = Axes.percent();
        percent.setMaximumFractionDigits(1);
        return new LineChart(percent);
    }

    /** A point of a curve. */
    public record Point(int x, double y) {}

    public LineChart add(String name, ChartColour colour, List<Point> points) {
        XYSeries series = new XYSeries(name);
        points.forEach(point -> series.add(point.x(), point.y()));
        int index = curves.getSeriesCount();
        curves.addSeries(series);
        renderer.setSeriesPaint(index, colour.standIn());
        renderer.setSeriesStroke(index, new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        renderer.setSeriesShape(index, new Ellipse2D.Double(-2.5, -2.5, 5, 5));
        renderer.setSeriesShapesVisible(index, points.size() <= MOST_DOTS);
        legend.add(Chart.Key.of(name, colour));
        return this;
    }

    /** Draws a line up from where something happens. */
    public LineChart mark(int x) {
        marks.add(new ValueMarker(x, ChartColour.MUTED.standIn(), MARKED));
        return this;
    }

    public Chart titled(String title, String caption) {
        renderer.setDrawSeriesLineAsPath(true);
        XYPlot plot = new XYPlot(curves, Axes.wholeNumbers(), Axes.numbers(values), renderer);
        marks.forEach(mark -> plot.addDomainMarker(mark, Layer.BACKGROUND));
        return Axes.chart(title, plot, HEIGHT, legend.size() > 1 ? legend : List.of(), caption);
    }
}
