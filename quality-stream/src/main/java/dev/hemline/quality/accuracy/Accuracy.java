package dev.hemline.quality.accuracy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.quality.score.ConfusionCell;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often a version was right, as far as labels tell.
 *
 * @param scored results whose label is known
 * @param correct those that met it
 * @param accuracy correct / scored; null before the first
 * @param low95 where it lies at least with 95 % confidence, by Wilson's score
 * @param high95 where it lies at most
 * @param confusion results by true and predicted class, without those cells that have none
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Accuracy(
        long scored,
        long correct,
        @Nullable Double accuracy,
        @Nullable Double low95,
        @Nullable Double high95,
        List<Cell> confusion) {

    /** Results of one true class that were given one class. */
    public record Cell(int actual, int predicted, long count) {}

    static Accuracy of(Map<ConfusionCell, Long> results) {
        long scored = 0;
        long correct = 0;
        for (Map.Entry<ConfusionCell, Long> cell : results.entrySet()) {
            scored += cell.getValue();
            correct += cell.getKey().isCorrect() ? cell.getValue() : 0;
        }
        List<Cell> confusion = results.entrySet().stream()
                .map(cell -> new Cell(cell.getKey().actual(), cell.getKey().predicted(), cell.getValue()))
                .sorted(Comparator.comparingInt(Cell::actual).thenComparingInt(Cell::predicted))
                .toList();
        if (scored == 0) {
            return new Accuracy(0, 0, null, null, null, confusion);
        }
        double share = (double) correct / scored;
        WilsonInterval interval = WilsonInterval.of(share, scored);
        return new Accuracy(scored, correct, share, interval.low(), interval.high(), confusion);
    }
}
