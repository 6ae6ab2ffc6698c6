package dev.hemline.insight.evaluate;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.ConfusionMatrix.ClassFigures;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.service.TerminalTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a model is worth, in figures; by these names in JSON too.
 *
 * @param model what people call it
 * @param split which images it was asked about: train, validation or test
 * @param images how many
 * @param accuracy share of right answers, 0 to 1
 * @param accuracyLow95 from where to {@code accuracyHigh95} the true share lies with 95 % confidence
 * @param loss mean cross-entropy in nats
 * @param calibrationError expected calibration error, 0 to 1
 * @param parameters count of trained numbers
 * @param operationsPerImage multiplications and additions; null for networks that are not ours
 * @param sizeBytes of the archive
 * @param classes figures of each class, in the order of labels
 */
record Scorecard(
        String model,
        String split,
        int images,
        double accuracy,
        double accuracyLow95,
        double accuracyHigh95,
        double loss,
        double calibrationError,
        long parameters,
        @Nullable Long operationsPerImage,
        long sizeBytes,
        List<ClassFigures> classes) {

    static Scorecard of(ChosenModel model, long parameters, String split, Answers answers) {
        WilsonInterval interval = WilsonInterval.of(answers.accuracy(), answers.size());
        return new Scorecard(
                model.title(),
                split,
                answers.size(),
                answers.accuracy(),
                interval.low(),
                interval.high(),
                answers.loss(),
                Calibration.of(answers).expectedError(),
                parameters,
                model.served().map(served -> served.network().operations()).orElse(null),
                model.archive().length,
                ConfusionMatrix.of(answers).figures());
    }

    /** As a person reads it on a terminal. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        add(lines, "model", model);
        add(lines, "images", Figures.count(images) + " of " + split);
        String interval = Figures.interval(new WilsonInterval(accuracyLow95, accuracyHigh95));
        add(lines, "accuracy", Figures.percent(accuracy) + "  (95 % confidence: " + interval + ")");
        add(lines, "loss", String.format(Locale.ROOT, "%.4f nats", loss));
        add(lines, "calibration error", Figures.percent(calibrationError));
        add(lines, "parameters", Figures.count(parameters));
        add(
                lines,
                "operations",
                operationsPerImage == null
                        ? "unknown: the archive is not one of this release's networks"
                        : Figures.millions(operationsPerImage) + " an image");
        add(lines, "size", Figures.bytes(sizeBytes));
        lines.add("");
        TerminalTable table = new TerminalTable(
                left("CLASS", 14), right("IMAGES", 7), right("PRECISION", 9), right("RECALL", 7), right("F1", 7));
        classes.forEach(figures -> table.row(
                figures.name(),
                figures.images(),
                Figures.shortPercent(figures.precision()),
                Figures.shortPercent(figures.recall()),
                Figures.shortPercent(figures.f1())));
        lines.addAll(table.lines());
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-18s %s", name, value));
    }
}
