package dev.hemline.trainer.report;

import dev.hemline.insight.chart.Chart;
import dev.hemline.insight.chart.ChartColour;
import dev.hemline.insight.chart.LineChart;
import dev.hemline.insight.chart.LineChart.Point;
import dev.hemline.trainer.training.EpochResult;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How a training went, epoch by epoch. */
final class LearningCurves {
    private final List<EpochResult> epochs;

    LearningCurves(List<EpochResult> epochs) {
        this.epochs = epochs;
    }

    List<Chart> charts() {
        return List.of(loss(), accuracy(), learningRate());
    }

    private Chart loss() {
        return LineChart.ofNumbers(2)
                .add("train", ChartColour.FIRST, points(EpochResult::trainLoss))
                .add("validation", ChartColour.SECOND, points(EpochResult::validationLoss))
                .titled(
                        "Loss, by epoch",
                        "Lower is better. The training loss is what the optimizer saw: on varied images and, where labels are"
                                + " smoothed, with a floor that it cannot get below. So it may lie above the other curve."
                                + " Trouble is a validation loss that turns upwards.");
    }

    private Chart accuracy() {
        return LineChart.ofShares()
                .add("train", ChartColour.FIRST, points(EpochResult::trainAccuracy))
                .add("validation", ChartColour.SECOND, points(EpochResult::validationAccuracy))
                .titled(
                        "Accuracy, by epoch",
                        "Higher is better. Where training runs far ahead of validation, the network learns by heart.");
    }

    private Chart learningRate() {
        return LineChart.ofNumbers(5)
                .add("learning rate", ChartColour.THIRD, points(EpochResult::learningRate))
                .titled(
                        "Learning rate at the end of each epoch",
                        "One cycle: it rises while the network finds its bearings, and falls to almost nothing, which is when"
                                + " most of the last points of accuracy come.");
    }

    private List<Point> points(ToDoubleFunction<EpochResult> value) {
        return epochs.stream()
                .map(epoch -> new Point(epoch.epoch(), value.applyAsDouble(epoch)))
                .toList();
    }
}
