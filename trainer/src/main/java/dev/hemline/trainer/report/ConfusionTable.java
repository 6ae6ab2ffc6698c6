package dev.hemline.trainer.report;

import dev.hemline.insight.evaluate.ConfusionMatrix;
import dev.hemline.insight.page.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows and cells of a confusion matrix, with how strongly to colour each. */
final class ConfusionTable {
    private ConfusionTable() {}

    /**
     * One class.
     *
     * @param cells one for each class that images of it were taken for
     */
    record Row(String name, List<Cell> cells) {}

    /**
     * How many images of one class were taken for another.
     *
     * @param count empty for none
     * @param heat strength of the colour, 0 to 1
     * @param right whether this is the diagonal
     * @param words the same in a sentence
     */
    record Cell(String count, String heat, boolean right, String words) {}

    static List<Row> of(ConfusionMatrix matrix) {
        List<Row> rows = new ArrayList<>();
        int classes = matrix.classes().size();
        int mostMistakes = mostMistakes(matrix);
        for (int actual = 0; actual < classes; actual++) {
            List<Cell> cells = new ArrayList<>();
            for (int predicted = 0; predicted < classes; predicted++) {
                cells.add(cell(matrix, actual, predicted, mostMistakes));
            }
            rows.add(new Row(matrix.classes().get(actual), cells));
        }
        return rows;
    }

    /** Mistakes have a scale of their own: on that of right answers they would all be white. */
    private static Cell cell(ConfusionMatrix matrix, int actual, int predicted, int mostMistakes) {
        int count = matrix.count(actual, predicted);
        boolean right = actual == predicted;
        double heat = right ? 0 : Math.sqrt(count / (double) Math.max(1, mostMistakes));
        String words = String.format(
                Locale.ROOT,
                "%,d of class %s taken for %s",
                count,
                matrix.classes().get(actual),
                matrix.classes().get(predicted));
        return new Cell(
                count == 0 ? "" : Figures.count(count), String.format(Locale.ROOT, "%.2f", 0.75 * heat), right, words);
    }

    private static int mostMistakes(ConfusionMatrix matrix) {
        int most = 0;
        for (int actual = 0; actual < matrix.classes().size(); actual++) {
            for (int predicted = 0; predicted < matrix.classes().size(); predicted++) {
                most = actual == predicted ? most : Math.max(most, matrix.count(actual, predicted));
            }
        }
        return most;
    }
}
