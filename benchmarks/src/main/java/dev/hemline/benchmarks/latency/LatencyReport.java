package dev.hemline.benchmarks.latency;

import static dev.hemline.service.TerminalTable.Column.left;
import static dev.hemline.service.TerminalTable.Column.right;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.hemline.benchmarks.latency.Plan.Load;
import dev.hemline.benchmarks.latency.Plan.Trial;
import dev.hemline.benchmarks.latency.Receipts.Latency;
import dev.hemline.benchmarks.latency.Workload.LoadResult;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.benchmarks.runner.Contender;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.benchmarks.runner.Machine;
import dev.hemline.benchmarks.runner.Report;
import dev.hemline.benchmarks.runner.Spread;
import dev.hemline.service.TerminalTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found; its fields are those of the JSON file. Latencies are milliseconds from when an event was due to when a
 * reader had its result.
 *
 * @param rounds in each, every contender had one turn
 * @param seconds that each load lasted and that count
 * @param capacities events a second that each contender is able to work off, by its title
 * @param rows load by load, the lightest first
 * @param otherLabels the most labels in any turn that are others than an image got first
 */
record LatencyReport(
        PeerModel model,
        int rounds,
        double seconds,
        @JsonUnwrapped Machine machine,
        Map<String, Double> capacities,
        List<Row> rows,
        List<Comparison> comparisons,
        long otherLabels)
        implements Report.Charted {
    private static final double LATE_MILLIS = 5;

    /**
     * A contender under a load.
     *
     * @param load whose capacity it was made from, and what share of it
     * @param swaps how often another model version took over, in the round where that was least often
     * @param behind rounds in which more than a second's events were still waiting at the end
     * @param committed null where the load is more than the contender is able to work off
     * @param uncommitted for readers that do not wait for transactions; null where the other is
     * @param senderLateMillis how late the sender handed on 99 of 100 events at most, in the worst round
     */
    record Row(
            String load,
            double eventsPerSecond,
            String contender,
            boolean withSwaps,
            int swaps,
            int behind,
            @Nullable Quantiles committed,
            @Nullable Quantiles uncommitted,
            double senderLateMillis) {
        private static Row of(Load load, Contender contender, boolean withSwaps, List<LoadResult> rounds) {
            return new Row(
                    load.title(),
                    load.eventsPerSecond(),
                    contender.title(),
                    withSwaps,
                    rounds.stream().mapToInt(LoadResult::swaps).min().orElse(0),
                    (int) rounds.stream().filter(round -> !round.keptUp()).count(),
                    Quantiles.of(rounds, LoadResult::committed),
                    Quantiles.of(rounds, LoadResult::uncommitted),
                    rounds.stream()
                            .mapToDouble(LoadResult::senderLateMillis)
                            .max()
                            .orElse(0));
        }
    }

    /** Over the rounds, in milliseconds. */
    record Quantiles(Spread p50, Spread p99, Spread p999, Spread max) {
        private static @Nullable Quantiles of(List<LoadResult> rounds, Function<LoadResult, Latency> reader) {
            List<Latency> all = rounds.stream().map(reader).toList();
            return all.isEmpty()
                    ? null
                    : new Quantiles(
                            Spread.of(all, Latency::p50),
                            Spread.of(all, Latency::p99),
                            Spread.of(all, Latency::p999),
                            Spread.of(all, Latency::max));
        }
    }

    /**
     * The first contender's p99 divided by another's under the same load, round by round; without swaps.
     *
     * @param rounds in which both kept up; the others tell nothing but how long the queue was let grow
     * @param committed for readers that wait for transactions
     * @param uncommitted for those that do not
     */
    record Comparison(
            String load,
            double eventsPerSecond,
            String name,
            String to,
            int rounds,
            Spread committed,
            Spread uncommitted) {
        private static Optional<Comparison> of(
                Load load, Contender first, List<LoadResult> firsts, Contender other, List<LoadResult> others) {
            List<Integer> rounds = IntStream.range(0, Math.min(firsts.size(), others.size()))
                    .filter(round ->
                            firsts.get(round).keptUp() && others.get(round).keptUp())
                    .boxed()
                    .toList();
            if (rounds.isEmpty()) {
                return Optional.empty();
            }
            List<LoadResult> ours = rounds.stream().map(firsts::get).toList();
            List<LoadResult> theirs = rounds.stream().map(others::get).toList();
            return Optional.of(new Comparison(
                    load.title(),
                    load.eventsPerSecond(),
                    first.title(),
                    other.title(),
                    rounds.size(),
                    Spread.ofRatios(ours, theirs, round -> p99(round.committed())),
                    Spread.ofRatios(ours, theirs, round -> p99(round.uncommitted()))));
        }

        /** Less than a millisecond cannot be told from one. */
        private static double p99(Latency millis) {
            return Math.max(1, millis.p99());
        }
    }

    /** @param results round by round; none of a load that a contender is not able to bear */
    static LatencyReport of(
            PeerModel model,
            int rounds,
            Duration counted,
            Machine machine,
            Plan plan,
            Map<Trial, List<LoadResult>> results,
            long otherLabels) {
        Map<String, Double> capacities = new LinkedHashMap<>();
        plan.capacities().forEach((contender, capacity) -> capacities.put(contender.title(), capacity));
        List<Contender> contenders = List.copyOf(plan.capacities().keySet());
        Contender first = contenders.get(0);
        List<Row> rows = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (Load load : plan.loads()) {
            List<LoadResult> firsts = results.getOrDefault(new Trial(first, load, false), List.of());
            for (Contender contender : contenders) {
                List<LoadResult> steady = results.getOrDefault(new Trial(contender, load, false), List.of());
                rows.add(Row.of(load, contender, false, steady));
                List<LoadResult> swapping = results.get(new Trial(contender, load, true));
                if (swapping != null) {
                    rows.add(Row.of(load, contender, true, swapping));
                }
                if (contender != first) {
                    Comparison.of(load, first, firsts, contender, steady).ifPresent(comparisons::add);
                }
            }
        }
        double seconds = counted.toMillis() / 1e3;
        return new LatencyReport(model, rounds, seconds, machine, capacities, rows, comparisons, otherLabels);
    }

    @Override
    public List<String> table() {
        var lines = new Lines()
                .say(
                        "Network %s, exactly once; each load lasts %.1f s, medians of rounds: %d; %d processors for all, broker included.",
                        model, seconds, rounds, machine.processors());
        capacities.forEach((who, capacity) -> lines.say("Capacity of %s: %,.0f events a second.", who, capacity));
        lines.gap()
                .say(
                        "%-40s%36s%36s",
                        "Milliseconds from when an event was due", "committed result read", "uncommitted");
        addFigures(lines);
        if (!comparisons.isEmpty()) {
            var table = new TerminalTable(
                    2,
                    left("p99 of " + comparisons.get(0).name() + " as a multiple of that of", 52),
                    right("committed result read", 28),
                    right("uncommitted", 28));
            comparisons.forEach(one -> table.row(
                    Lines.text("  %s, %,.0f a second", one.to(), one.eventsPerSecond()),
                    one.committed().text(2),
                    one.uncommitted().text(2)));
            lines.gap().add(table);
        }
        lines.gap()
                .say(
                        "Every event came back exactly once; at most %,d labels of a turn are others than before.",
                        otherLabels);
        double late = rows.stream().mapToDouble(Row::senderLateMillis).max().orElse(0);
        if (late > LATE_MILLIS) {
            lines.say("The sender was late by up to %.0f ms (p99), which is in all of these figures.", late);
        }
        return lines.on(machine);
    }

    /** Load by load. */
    private void addFigures(Lines lines) {
        List<String> figures = figures().lines();
        lines.add(figures.get(0));
        String load = "";
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).load().equals(load)) {
                load = rows.get(i).load();
                lines.say("%s: %,.0f events a second", load, rows.get(i).eventsPerSecond());
            }
            lines.add(figures.get(i + 1));
        }
    }

    private TerminalTable figures() {
        var table = new TerminalTable(
                2,
                left("", 40),
                right("p50", 10),
                right("p99", 6),
                right("p99.9", 6),
                right("max", 6),
                right("p50", 10),
                right("p99", 6),
                right("p99.9", 6),
                right("max", 6),
                left(""));
        rows.forEach(row -> table.row(cells(row)));
        return table;
    }

    private Object[] cells(Row row) {
        String swaps = row.swaps() == 1 ? ", 1 swap" : Lines.text(", %d swaps", row.swaps());
        String behind = row.behind() == 0 ? "" : Lines.text("fell behind in %d of %d rounds", row.behind(), rounds);
        List<Object> cells = new ArrayList<>();
        cells.add("  " + row.contender() + (row.withSwaps() ? swaps : ""));
        cells.addAll(medians(row.committed()));
        cells.addAll(medians(row.uncommitted()));
        cells.add(row.committed() == null ? "cannot keep up" : behind);
        return cells.toArray();
    }

    private static List<String> medians(@Nullable Quantiles millis) {
        return millis == null
                ? List.of("", "", "", "")
                : Stream.of(millis.p50(), millis.p99(), millis.p999(), millis.max())
                        .map(quantile -> Lines.text("%,.0f", quantile.median()))
                        .toList();
    }

    /** Load by load; where one kept up in every round. */
    @Override
    public Bars bars() {
        Map<String, Double> bars = new LinkedHashMap<>();
        for (Row row : rows) {
            Quantiles millis = row.committed();
            if (millis != null && row.behind() == 0) {
                String swaps = row.withSwaps() ? ", swaps" : "";
                bars.put(
                        Lines.text("%,.0f/s %s%s", row.eventsPerSecond(), row.contender(), swaps),
                        millis.p99().median());
            }
        }
        return new Bars(
                "How long an event waits, " + model,
                "milliseconds within which 99 of 100 committed results are read",
                0,
                bars);
    }
}
