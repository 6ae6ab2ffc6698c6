package dev.hemline.insight.chart;

import dev.hemline.insight.chart.Histogram.Bin;
import java.awt.BasicStroke;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** How often answers are right, by how sure they are; on the diagonal they are as right as they say. */
public final class ReliabilityDiagram {
    private static final int HEIGHT = 300;
    private static final float[] DASHES = {4, 4};

    private ReliabilityDiagram() {}

    /** @param bins from confidence to confidence, with the share of right answers as height */
    public static Chart of(String title, List<Bin> bins, String caption) {
        XYPlot plot = new XYPlot(Histogram.dataset(title, bins), shares(), shares(), Histogram.bars(ChartColour.FIRST));
        XYSeries ideal = new XYSeries("as right as sure");
        ideal.add(0, 0);
        ideal.add(1, 1);
        XYLineAndShapeRenderer line = new XYLineAndShapeRenderer(true, false);
        line.setSeriesPaint(0, ChartColour.INK.standIn());
        line.setSeriesStroke(0, new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0));
        plot.setDataset(1, new XYSeriesCollection(ideal));
        plot.setRenderer(1, line);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        return Axes.chart(
                title,
                plot,
                HEIGHT,
                List.of(
                        Chart.Key.of("share of right answers", ChartColour.FIRST),
                        Chart.Key.of("as right as sure", ChartColour.INK)),
                caption);
    }

    private static NumberAxis shares() {
        NumberAxis axis = Axes.numbers(Axes.percent());
        axis.setRange(0, 1);
        return axis;
    }
}
