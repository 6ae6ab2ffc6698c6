package dev.hemline.insight.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.insight.chart.BarChart;
import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.chart.LineChart;
import dev.hemline.insight.chart.LineChart.Point;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFileTest {
    private static final List<Point> RISING = List.of(new Point(0, 0.5), new Point(10, 0.9));

    @TempDir
    Path folder;

    @Test
    void shouldNameEachCurveInItsColour() throws Exception {
        var chart = LineChart.ofShares()
                .add("first", ChartColour.FIRST, RISING)
                .add("second", ChartColour.SECOND, RISING)
                .add("third", ChartColour.THIRD, RISING)
                .add("fourth", ChartColour.FOURTH, RISING);

        String svg = written(chart.titled("Curves", "How they rise"));

        assertThat(svg)
                .contains(">first</text>", ">second</text>", ">third</text>", ">fourth</text>")
                .contains("stroke=\"var(--series-4)\"", "--series-4: #8a4fc4", "--series-4: #c39bf0");
        // Two rows of a legend above a drawing of 240.
        assertThat(svg).contains("viewBox=\"0 0 480 338\"");
    }

    @Test
    void shouldDrawALineWhereSomethingHappens() throws Exception {
        LineChart chart = LineChart.ofShares().add("accuracy", ChartColour.FIRST, RISING);
        String without = written(chart.titled("Curve", "How it rises"));

        String with = written(chart.mark(5).titled("Curve", "How it rises"));

        assertThat(without).doesNotContain("stroke-dasharray=\"2,3\"");
        assertThat(with).contains("stroke-dasharray=\"2,3\"");
    }

    @Test
    void shouldHaveNoLegendWhereThereIsOneThingOnly() throws Exception {
        String svg = written(BarChart.ofShares(List.of("tiny", "large"))
                .add("accuracy", ChartColour.FIRST, List.of(0.9, 0.95))
                .titled("Accuracy", "Share that is right"));

        assertThat(svg).doesNotContain(">accuracy</text>");
    }

    private String written(Chart chart) throws Exception {
        Path file = folder.resolve("chart.svg");
        ChartFile.write(chart, file);
        return Files.readString(file);
    }
}
