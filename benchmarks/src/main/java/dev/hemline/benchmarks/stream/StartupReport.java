package dev.hemline.benchmarks.stream;

import static dev.hemline.benchmarks.runner.Lines.Column.left;
import static dev.hemline.benchmarks.runner.Lines.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.peer.PeerModel;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Lines.Column;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.stream.Start.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file. All times are seconds since a process was started.
 *
 * @param rows one for each contender and number of versions
 */
record StartupReport(
        PeerModel model, int rounds, @JsonUnwrapped Machine machine, List<Row> rows) implements Report.Charted {
    /**
     * A contender's starts.
     *
     * @param versions of the model on their topic
     * @param readsVersions whether the contender looks there
     * @param ready when it first said so; null for those that do not say
     * @param firstResult when an event that was waiting had a committed result that was read
     * @param steps on the way, by what the log says
     */
    record Row(
            String contender,
            int versions,
            boolean readsVersions,
            @Nullable Spread ready,
            Spread firstResult,
            Map<String, Spread> steps) {
        static Row of(Contender contender, int versions, List<Start> starts) {
            List<Double> ready = starts.stream()
                    .flatMap(start -> start.ready().stream().boxed())
                    .toList();
            Map<String, Spread> steps = new LinkedHashMap<>();
            for (Step step : Step.values()) {
                List<Double> seconds = starts.stream()
                        .flatMap(start -> Optional.ofNullable(start.steps().get(step)).stream())
                        .toList();
                if (!seconds.isEmpty()) {
                    steps.put(step.title(), Spread.of(seconds));
                }
            }
            return new Row(
                    contender.title(),
                    versions,
                    contender == Contender.HEMLINE,
                    ready.isEmpty() ? null : Spread.of(ready),
                    Spread.of(starts, Start::firstResult),
                    steps);
        }
    }

    @Override
    public List<String> table() {
        List<Row> told = rows.stream().filter(row -> !row.steps().isEmpty()).toList();
        List<Column<Row>> steps = new ArrayList<>(List.of(
                left("On the way, by the log, median", 36, Row::contender), right("versions", 8, Row::versions)));
        Stream.of(Step.values())
                .map(Step::title)
                .forEach(title -> steps.add(right(title, 14, row -> {
                    Spread seconds = row.steps().get(title);
                    return seconds == null ? "" : Lines.text("%.2f", seconds.median());
                })));
        var lines = new Lines()
                .say(
                        "Network %s; seconds since the process was started; rounds: %d, median (lowest to highest).",
                        model, rounds)
                .gap()
                .table(
                        rows,
                        left("", 36, Row::contender),
                        right("versions", 8, row -> row.readsVersions() ? Lines.text("%,d", row.versions()) : "none"),
                        right(
                                "ready",
                                24,
                                row -> row.ready() == null
                                        ? "does not say"
                                        : row.ready().text(2)),
                        right(
                                "first committed result",
                                24,
                                row -> row.firstResult().text(2)));
        if (!told.isEmpty()) {
            lines.gap().table(told, steps);
        }
        return lines.on(machine);
    }

    @Override
    public Bars bars() {
        return Bars.of(
                "Start-up, " + model,
                "seconds from the start to the first committed result",
                1,
                rows,
                row -> row.contender() + (row.readsVersions() ? Lines.text(", %,d versions", row.versions()) : ""),
                Row::firstResult);
    }
}
