package dev.hemline.benchmarks.refresh;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Report;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param wrong the share of labels that said another class
 */
record RefreshReport(String model, double wrong, List<Row> rows) implements Report {
    /**
     * One refresh; accuracies are 0 to 1.
     *
     * @param before on changed pictures
     * @param cleanBefore on unchanged pictures
     * @param seconds that it took
     */
    record Row(
            String change,
            String variant,
            int labels,
            double before,
            double after,
            double cleanBefore,
            double cleanAfter,
            double seconds) {
        double recovered() {
            return (after - before) / (cleanBefore - before);
        }
    }

    @Override
    public List<String> table() {
        return new Lines()
                .say("Model %s, %.0f %% of the labels wrong", model, wrong * 100)
                .table(
                        rows,
                        left("change", 14, Row::change),
                        left("variant", 16, Row::variant),
                        right("labels", 6, Row::labels),
                        right("before", 8, row -> percent(row.before())),
                        right("after", 8, row -> percent(row.after())),
                        right("recovered", 9, row -> Lines.text("%.3f", row.recovered())),
                        right("clean before", 12, row -> percent(row.cleanBefore())),
                        right("after", 8, row -> percent(row.cleanAfter())),
                        right("seconds", 7, row -> Lines.text("%.1f", row.seconds())))
                .all();
    }

    private static String percent(double share) {
        return Lines.text("%.1f %%", share * 100);
    }
}
