package dev.hemline.benchmarks.referee;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.referee.Row.Quantiles;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param experiments of each candidate
 * @param labels after which an experiment ended undecided
 * @param alpha wrong promotions that were allowed
 */
record RefereeReport(
        int experiments,
        int labels,
        double alpha,
        long seed,
        @JsonUnwrapped Machine machine,
        List<Row> candidates,
        List<BadForOneClass> badForOneClass)
        implements Report.Charted {
    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "%,d experiments of each candidate, at most %,d labels, looks after every label, alpha %s, seed %d",
                        experiments, labels, alpha, seed)
                .gap()
                .say("Labels: median (90 %%) to the promotion, of a candidate that is too bad to the refusal")
                .table(
                        candidates,
                        left("candidate", 12, row -> Lines.text("%+.1f points", row.difference() * 100)),
                        left("has to be", 20, RefereeReport::aim),
                        right("promoted", 9, row -> percent(row.promoted())),
                        right("refused", 9, row -> percent(row.refused())),
                        right("undecided", 9, row -> percent(row.undecided())),
                        right("labels", 17, row -> text(row.labels())),
                        right("optimum", 8, row -> text(row.optimum())),
                        right("one look", 9, row -> text(row.oneLook())),
                        right("daily looks promote", 19, row -> percent(row.dailyLooks())));
        lines.gap()
                .say("Better in all and worse for one class of ten; what is promoted has to be better")
                .table(
                        badForOneClass,
                        left("in all", 12, row -> Lines.text("%+.1f points", row.difference() * 100)),
                        left("of one class", 14, row -> Lines.text("%+.1f points", row.ofOneClass() * 100)),
                        right("promoted", 9, row -> percent(row.promoted())),
                        right("rolled back", 11, row -> percent(row.rolledBack())),
                        right("labels", 17, row -> text(row.labels())));
        // Whatever else the machine does changes none of these figures.
        return lines.all();
    }

    private static String aim(Row row) {
        return row.margin() == 0 ? "better" : Lines.text("at most %.1f worse", row.margin() * 100);
    }

    private static String percent(double share) {
        return Lines.text("%.1f %%", share * 100);
    }

    private static String text(@Nullable Quantiles labels) {
        return labels == null ? "-" : labels.text();
    }

    private static String text(@Nullable Long labels) {
        return labels == null ? "-" : Lines.text("%,d", labels);
    }

    /** Whether no candidate was promoted more often than allowed that should not be; three standard deviations are chance. */
    @Override
    public boolean passed() {
        double most = alpha + 3 * Math.sqrt(alpha * (1 - alpha) / experiments);
        return candidates.stream()
                        .filter(row -> row.difference() <= -row.margin())
                        .allMatch(row -> row.promoted() <= most)
                && badForOneClass.stream().allMatch(row -> row.promoted() <= most);
    }

    @Override
    public Bars bars() {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (Row row : candidates) {
            if (row.labels() != null) {
                medians.put(Lines.text("%+.1f, %s", row.difference() * 100, aim(row)), (double)
                        row.labels().median());
            }
        }
        return new Bars(
                "Labels until an experiment is decided",
                "labels, median, by how many points better the candidate is",
                0,
                medians);
    }
}
