package dev.hemline.benchmarks.latency;

import dev.hemline.benchmarks.latency.LatencyReport.Comparison;
import dev.hemline.benchmarks.latency.LatencyReport.Quantiles;
import dev.hemline.benchmarks.latency.LatencyReport.Row;
import dev.hemline.benchmarks.latency.Plan.Trial;
import dev.hemline.benchmarks.stream.Way;
import dev.hemline.benchmarks.tournament.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the rounds come to. */
record Evaluation(LatencySettings settings, Plan plan, LoadResults results) {

    /** @param loadBefore processes that wanted a processor in the minute before */
    LatencyReport report(double loadBefore) {
        Map<String, Double> capacities = new LinkedHashMap<>();
        plan.capacities().forEach((way, capacity) -> capacities.put(way.title(), capacity));
        List<Row> rows = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        Way first = settings.contenders().get(0);
        for (Load load : plan.loads()) {
            for (Way way : settings.contenders()) {
                rows.add(row(new Trial(way, load, false)));
                if (way == Way.HEMLINE && plan.canBear(way, load)) {
                    rows.add(row(new Trial(way, load, true)));
                }
                if (way != first) {
                    comparison(load, first, way).ifPresent(comparisons::add);
                }
            }
        }
        return new LatencyReport(
                settings.model(),
                settings.rounds(),
                settings.counted().toMillis() / 1e3,
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                capacities,
                rows,
                comparisons,
                results.otherLabels());
    }

    private Row row(Trial trial) {
        List<LoadResult> rounds = results.of(trial);
        boolean measured = !rounds.isEmpty();
        return new Row(
                trial.load().title(),
                trial.load().eventsPerSecond(),
                trial.way().title(),
                trial.withSwaps(),
                rounds.stream().mapToInt(LoadResult::swaps).min().orElse(0),
                (int) rounds.stream().filter(round -> !round.keptUp()).count(),
                measured ? quantiles(rounds, LoadResult::committed) : null,
                measured ? quantiles(rounds, LoadResult::uncommitted) : null,
                rounds.stream().mapToDouble(LoadResult::senderLateMillis).max().orElse(0));
    }

    private static Quantiles quantiles(List<LoadResult> rounds, Function<LoadResult, Latency> reader) {
        List<Latency> latencies = rounds.stream().map(reader).toList();
        return new Quantiles(
                spread(latencies, Latency::p50),
                spread(latencies, Latency::p99),
                spread(latencies, Latency::p999),
                spread(latencies, Latency::max));
    }

    private static Spread spread(List<Latency> latencies, Function<Latency, Long> quantile) {
        return Spread.of(latencies.stream().map(quantile).map(Long::doubleValue).toList());
    }

    private Optional<Comparison> comparison(Load load, Way first, Way other) {
        List<LoadResult> some = results.of(new Trial(first, load, false));
        List<LoadResult> others = results.of(new Trial(other, load, false));
        int[] rounds = IntStream.range(0, Math.min(some.size(), others.size()))
                .filter(round -> some.get(round).keptUp() && others.get(round).keptUp())
                .toArray();
        if (rounds.length == 0) {
            return Optional.empty();
        }
        Function<Function<LoadResult, Latency>, Spread> times = reader -> Spread.of(Arrays.stream(rounds)
                .mapToObj(round -> times(reader.apply(some.get(round)), reader.apply(others.get(round))))
                .toList());
        return Optional.of(new Comparison(
                load.title(),
                load.eventsPerSecond(),
                first.title(),
                other.title(),
                rounds.length,
                times.apply(LoadResult::committed),
                times.apply(LoadResult::uncommitted)));
    }

    /** Less than a millisecond cannot be told from one. */
    private static double times(Latency some, Latency other) {
        return (double) Math.max(1, some.p99()) / Math.max(1, other.p99());
    }
}
