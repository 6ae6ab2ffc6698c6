package dev.hemline.benchmarks.drift;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.drift.FalseAlarms.Counts;
import dev.hemline.benchmarks.drift.Power.Point;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Lines.Column;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param accuracy of the model on the images as they are, 0 to 1
 * @param images that it was asked about
 * @param allowed false alarms in a million results
 * @param falseAlarms null where they were left out
 */
record DriftReport(
        String model,
        int images,
        double accuracy,
        long seed,
        int trials,
        double allowed,
        @JsonUnwrapped Machine machine,
        List<Power> power,
        List<ChangeDelay> delays,
        List<Ramp> ramps,
        List<ClassMixes> mixes,
        @Nullable FalseAlarms falseAlarms)
        implements Report.Drawn {
    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "Model %s, %.1f %% of %,d images right; %d trials of each, seed %d; %s in a million results may be a false alarm.",
                        model,
                        accuracy * 100,
                        images,
                        trials,
                        seed,
                        BigDecimal.valueOf(allowed).stripTrailingZeros().toPlainString());
        if (!power.isEmpty()) {
            power(
                    lines,
                    "Power after n results: share of trials with an alarm of hemline / in which BBSDs, asked once, rings at 5 %",
                    Point::hemline,
                    Point::bbsds);
            power(lines, "Both asked once, at 5 %: hemline's evidence / BBSDs", Point::oneLook, Point::bbsds);
            power(
                    lines,
                    "Both in a stream, with the same budget: hemline / BBSDs",
                    Point::hemline,
                    Point::bbsdsInStream);
        }
        if (!delays.isEmpty()) {
            lines.gap()
                    .say(
                            "Results from a change to the alarm, median (longest), by the reference that came first and by each")
                    .table(
                            delays,
                            left("", 26, ChangeDelay::change),
                            right("right", 7, row -> percent(row.accuracy())),
                            right("first", 16, row -> row.first().text()),
                            right("validation", 16, row -> row.validation().text()),
                            right("live", 16, row -> row.live().text()));
        }
        if (!ramps.isEmpty()) {
            lines.gap()
                    .say("The same of changes that grow over %,d results", Ramp.RESULTS)
                    .table(
                            ramps,
                            left("", 26, Ramp::change),
                            right("first", 24, row -> row.delay().text()));
        }
        if (!mixes.isEmpty()) {
            lines.gap()
                    .say(
                            "Other class mixes, pictures as before: alarms in %,d results",
                            mixes.get(0).results())
                    .table(
                            mixes,
                            left("", 36, ClassMixes::mix),
                            right("noticed", 8, row -> percent(row.noticed())),
                            right("say mix", 8, ClassMixes::mixAlarms),
                            right("say pictures", 13, ClassMixes::pictureAlarms));
        }
        if (falseAlarms != null) {
            falseAlarms(lines, falseAlarms);
        }
        // Whatever else the machine does changes none of these figures.
        return lines.all();
    }

    private void power(Lines lines, String title, ToDoubleFunction<Point> ours, ToDoubleFunction<Point> theirs) {
        List<Column<Power>> columns = new ArrayList<>();
        columns.add(left("", 36, Power::shift));
        columns.add(right("right", 7, row -> percent(row.accuracy())));
        List<Point> first = power.get(0).points();
        for (int i = 0; i < first.size(); i++) {
            int size = i;
            columns.add(right(Lines.text("%,d", first.get(i).results()), 9, row -> {
                Point point = row.points().get(size);
                return Lines.text("%.2f/%.2f", ours.applyAsDouble(point), theirs.applyAsDouble(point));
            }));
        }
        lines.gap().say("%s", title).table(power, columns);
    }

    private static void falseAlarms(Lines lines, FalseAlarms alarms) {
        lines.gap().say("False alarms while nothing changes, by both references: about pictures, about the mix");
        for (Counts counts : alarms.streams()) {
            lines.say("  in %,d results: %d, %d", alarms.results(), counts.pictures(), counts.mix());
        }
        lines.say(
                "  in the first %,d of a new version, %d versions: %d, %d",
                alarms.resultsAfterSwap(),
                alarms.afterSwap().size(),
                alarms.afterSwap().stream().mapToInt(Counts::pictures).sum(),
                alarms.afterSwap().stream().mapToInt(Counts::mix).sum());
    }

    private static String percent(double share) {
        return Lines.text("%.1f %%", share * 100);
    }

    @Override
    public void draw(Path file) {
        PowerCurves.draw(
                power,
                Lines.text("%s, %d trials of each; to the right, accuracy of the shifted results", model, trials),
                file);
    }
}
