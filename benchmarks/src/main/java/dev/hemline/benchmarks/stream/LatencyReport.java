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
import dev.hemline.benchmarks.stream.Plan.Load;
import dev.hemline.benchmarks.stream.Plan.Trial;
import dev.hemline.benchmarks.stream.Receipts.Latency;
import dev.hemline.benchmarks.stream.Workload.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
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
            lines.gap()
                    .table(
                            comparisons,
                            left(
                                    "p99 of " + comparisons.get(0).name() + " as a multiple of that of",
                                    52,
                                    one -> Lines.text("  %s, %,.0f a second", one.to(), one.eventsPerSecond())),
                            right(
                                    "committed result read",
                                    28,
                                    one -> one.committed().text(2)),
                            right("uncommitted", 28, one -> one.uncommitted().text(2)));
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
        List<Column<Row>> columns = new ArrayList<>(List.of(left("", 40, row -> "  " + row.contender() + swaps(row))));
        columns.addAll(quantiles(Row::committed));
        columns.addAll(quantiles(Row::uncommitted));
        columns.add(left("", 0, row -> row.committed() == null ? "cannot keep up" : behind(row)));
        List<String> figures = Lines.tableLines(rows, columns);
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

    private static String swaps(Row row) {
        return row.withSwaps() ? Lines.text(row.swaps() == 1 ? ", 1 swap" : ", %d swaps", row.swaps()) : "";
    }

    private String behind(Row row) {
        return row.behind() == 0 ? "" : Lines.text("fell behind in %d of %d rounds", row.behind(), rounds);
    }

    private static List<Column<Row>> quantiles(Function<Row, @Nullable Quantiles> reader) {
        return List.of(
                quantile("p50", 10, reader, Quantiles::p50),
                quantile("p99", 6, reader, Quantiles::p99),
                quantile("p99.9", 6, reader, Quantiles::p999),
                quantile("max", 6, reader, Quantiles::max));
    }

    private static Column<Row> quantile(
            String title, int width, Function<Row, @Nullable Quantiles> reader, Function<Quantiles, Spread> quantile) {
        return right(title, width, row -> {
            Quantiles millis = reader.apply(row);
            return millis == null
                    ? ""
                    : Lines.text("%,.0f", quantile.apply(millis).median());
        });
    }

    /** Load by load; where one kept up in every round. */
    @Override
    public Bars bars() {
        return Bars.of(
                "How long an event waits, " + model,
                "milliseconds within which 99 of 100 committed results are read",
                0,
                rows.stream()
                        .filter(row -> row.committed() != null && row.behind() == 0)
                        .toList(),
                row -> Lines.text(
                        "%,.0f/s %s%s", row.eventsPerSecond(), row.contender(), row.withSwaps() ? ", swaps" : ""),
                row -> Objects.requireNonNull(row.committed()).p99());
    }
}
