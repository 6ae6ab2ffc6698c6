package dev.hemline.insight.evaluate;

import dev.hemline.insight.evaluate.ConfusionMatrix.ClassFigures;
import dev.hemline.insight.page.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A scorecard as a person reads it on a terminal. */
final class ScorecardText {
    private ScorecardText() {}

    static List<String> lines(Scorecard card) {
        List<String> lines = new ArrayList<>();
        lines.add(line("model", card.model()));
        lines.add(line("images", Figures.count(card.images()) + " of " + card.split()));
        lines.add(line(
                "accuracy",
                Figures.percent(card.accuracy()) + "  (95 % confidence: " + Figures.interval(card.interval()) + ")"));
        lines.add(line("loss", String.format(Locale.ROOT, "%.4f nats", card.loss())));
        lines.add(line("calibration error", Figures.percent(card.calibrationError())));
        lines.add(line("parameters", Figures.count(card.parameters())));
        lines.add(line(
                "operations",
                card.operations().isPresent()
                        ? Figures.millions(card.operations().getAsLong()) + " an image"
                        : "unknown: the archive is not one of this release's networks"));
        lines.add(line("size", Figures.bytes(card.sizeBytes())));
        lines.add("");
        lines.add(String.format(Locale.ROOT, "%-14s %8s %10s %8s %8s", "CLASS", "IMAGES", "PRECISION", "RECALL", "F1"));
        for (ClassFigures figures : card.classes()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-14s %,8d %8.1f %% %6.1f %% %6.1f %%",
                    figures.name(),
                    figures.images(),
                    100 * figures.precision(),
                    100 * figures.recall(),
                    100 * figures.f1()));
        }
        return lines;
    }

    private static String line(String name, String value) {
        return String.format(Locale.ROOT, "%-18s %s", name, value);
    }
}
