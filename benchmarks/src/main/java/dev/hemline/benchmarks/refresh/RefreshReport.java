package dev.hemline.benchmarks.refresh;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param wrong the share of labels that said another class
 * @param overTime of the change and the number of labels that were named first
 */
record RefreshReport(
        String model, double wrong, @JsonUnwrapped Machine machine, List<Row> rows, AccuracyOverTime overTime)
        implements Report.Drawn {
    /**
     * One refresh; accuracies are 0 to 1.
     *
     * @param before on changed pictures
     * @param cleanBefore on unchanged pictures
     * @param seconds that it took
     */
    record Row(
            String change,
            Variant variant,
            int labels,
            double before,
            double after,
            double cleanBefore,
            double cleanAfter,
            double seconds) {
        static Stream<Row> of(Comparison compared) {
            return compared.attempts().stream()
                    .map(attempt -> new Row(
                            compared.change(),
                            attempt.variant(),
                            compared.labels(),
                            compared.before().changedAccuracy(),
                            attempt.after().changedAccuracy(),
                            compared.before().cleanAccuracy(),
                            attempt.after().cleanAccuracy(),
                            attempt.seconds()));
        }

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
                .on(machine);
    }

    @Override
    public void draw(Path file) {
        overTime.draw(file);
    }

    private static String percent(double share) {
        return Lines.text("%.1f %%", share * 100);
    }
}
