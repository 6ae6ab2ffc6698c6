package dev.hemline.benchmarks.network;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Lines.Column;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Speed;
import dev.hemline.benchmarks.runner.Spread;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param parameters numbers that training changes, the same for every contender
 * @param largestDifference between two probabilities that the blocks and the archive gave for the same images
 * @param batchSize images per step
 * @param threads of libtorch
 * @param secondsPerTurn of steps that count
 * @param contenders in the order of their turns
 * @param ratios how many times as fast each is as the first
 * @param race how soon the last learns, null if it was left out
 */
record TrainingReport(
        String network,
        long parameters,
        double largestDifference,
        int batchSize,
        int threads,
        @JsonUnwrapped Machine machine,
        int rounds,
        double secondsPerTurn,
        List<Speed> contenders,
        List<Speed.Ratio> ratios,
        @Nullable Race race)
        implements Report {
    /**
     * How soon a network learns.
     *
     * @param contender who ran
     * @param target share of the validation images that was to be right
     * @param reached whether it came to that before the recipe's end
     * @param seconds from the first weights in memory to the validation that found it out, earlier validations included
     * @param imagesSeen images trained on until then
     * @param epochs those images in passes over all there are
     * @param accuracy share of right answers in that validation
     * @param validationImages how many there were
     */
    record Race(
            String contender,
            double target,
            boolean reached,
            double seconds,
            long imagesSeen,
            double epochs,
            double accuracy,
            int validationImages) {}

    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "Network %s, %,d parameters, batches of %d, %d threads; with the same weights all answer alike (within %.0e).",
                        network, parameters, batchSize, threads, largestDifference)
                .gap()
                .table(contenders, columns("images per second", Speed::name, Speed::imagesPerSecond, "%,.0f"))
                .gap()
                .table(ratios, columns("times as fast as the first", Speed.Ratio::name, Speed.Ratio::times, "%.2f"));
        if (race != null) {
            String outcome = race.reached()
                    ? Lines.text(
                            "%.1f %% of %,d validation images right after %.1f s",
                            race.accuracy() * 100, race.validationImages(), race.seconds())
                    : Lines.text(
                            "not %.0f %% right by the recipe's end, after %.1f s", race.target() * 100, race.seconds());
            lines.gap().say("%s: %s, %.1f epochs", race.contender(), outcome, race.epochs());
        }
        return lines.on(machine);
    }

    private static <R> List<Column<R>> columns(
            String title, Function<R, Object> name, Function<R, Spread> figures, String number) {
        return List.of(
                left(title, 26, name),
                right("median", 10, row -> Lines.text(number, figures.apply(row).median())),
                right("lowest to highest", 22, row -> {
                    Spread spread = figures.apply(row);
                    return Lines.text(number + " to " + number, spread.lowest(), spread.highest());
                }));
    }
}
