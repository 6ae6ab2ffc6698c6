package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.command.BusyMachine;
import dev.hemline.benchmarks.tournament.Ratio;
import dev.hemline.benchmarks.tournament.Speed;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as a person reads it. */
final class TrainingTable {
    private TrainingTable() {}

    static List<String> lines(TrainingReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "  Network %s, %,d parameters, batches of %d, %d threads; with the same weights all answer alike (within %.0e).",
                report.network(),
                report.parameters(),
                report.batchSize(),
                report.threads(),
                report.largestDifference()));
        lines.add("");
        lines.add(text("  %-26s%12s%24s", "images per second", "median", "lowest to highest"));
        report.contenders().forEach(speed -> lines.add(line(speed)));
        lines.add("");
        lines.add(text("  %-26s%12s%24s", "times as fast as the first", "median", "lowest to highest"));
        report.ratios().forEach(ratio -> lines.add(line(ratio)));
        RaceResult race = report.race();
        if (race != null) {
            lines.add("");
            lines.add(line(race));
        }
        lines.addAll(BusyMachine.warning(report.loadBefore(), report.processors()));
        return lines;
    }

    private static String line(Speed speed) {
        Spread images = speed.imagesPerSecond();
        return text(
                "  %-26s%,12.0f%24s",
                speed.name(), images.median(), text("%,.0f to %,.0f", images.lowest(), images.highest()));
    }

    private static String line(Ratio ratio) {
        Spread times = ratio.times();
        return text(
                "  %-26s%12.2f%24s",
                ratio.name(), times.median(), text("%.2f to %.2f", times.lowest(), times.highest()));
    }

    private static String line(RaceResult race) {
        String outcome = race.reached()
                ? text(
                        "%.1f %% of %,d validation images right after %.1f s",
                        race.accuracy() * 100, race.validationImages(), race.seconds())
                : text("not %.0f %% right by the recipe's end, after %.1f s", race.target() * 100, race.seconds());
        return text("  %s: %s, %.1f epochs", race.contender(), outcome, race.epochs());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
