package dev.hemline.benchmarks.startup;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.runner.Contender;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.benchmarks.startup.Start.Step;
import dev.hemline.service.TerminalTable;
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
        var times = new TerminalTable(
                2, left("", 36), right("versions", 8), right("ready", 24), right("first committed result", 24));
        List<TerminalTable.Column> titles =
                new ArrayList<>(List.of(left("On the way, by the log, median", 36), right("versions", 8)));
        Stream.of(Step.values()).forEach(step -> titles.add(right(step.title(), 14)));
        var steps = new TerminalTable(2, titles.toArray(TerminalTable.Column[]::new));
        boolean told = false;
        for (Row row : rows) {
            times.row(
                    row.contender(),
                    row.readsVersions() ? Lines.text("%,d", row.versions()) : "none",
                    row.ready() == null ? "does not say" : row.ready().text(2),
                    row.firstResult().text(2));
            if (!row.steps().isEmpty()) {
                told = true;
                List<Object> medians = new ArrayList<>(List.of(row.contender(), row.versions()));
                for (Step step : Step.values()) {
                    Spread seconds = row.steps().get(step.title());
                    medians.add(seconds == null ? "" : Lines.text("%.2f", seconds.median()));
                }
                steps.row(medians.toArray());
            }
        }
        var lines = new Lines()
                .say(
                        "Network %s; seconds since the process was started; rounds: %d, median (lowest to highest).",
                        model, rounds)
                .gap()
                .add(times);
        if (told) {
            lines.gap().add(steps);
        }
        return lines.on(machine);
    }

    @Override
    public Bars bars() {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (Row row : rows) {
            String versions = row.readsVersions() ? Lines.text(", %,d versions", row.versions()) : "";
            bars.put(row.contender() + versions, row.firstResult().median());
        }
        return new Bars("Start-up, " + model, "seconds from the start to the first committed result", 1, bars);
    }
}
