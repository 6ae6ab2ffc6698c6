package dev.hemline.benchmarks.inference;

import static java.util.Comparator.comparingDouble;

import dev.hemline.benchmarks.inference.InferenceReport.Row;
import dev.hemline.benchmarks.tournament.Ratio;
import java.util.ArrayList;
import java.util.List;

/** Hemline beside each of the others, in float32 and then in bfloat16. */
record Comparison(List<Row> rows) {

    static Comparison of(List<Row> rows) {
        return new Comparison(rows);
    }

    /** With each batch size, and then each with the one that suits it best. */
    List<Ratio> ratios() {
        List<Ratio> ratios = new ArrayList<>(against(Lineup.HEMLINE, List.of(Lineup.HEMLINE_BFLOAT16)));
        ratios.addAll(against(Lineup.HEMLINE_BFLOAT16, List.of()));
        return ratios;
    }

    private List<Ratio> against(String ours, List<String> except) {
        List<String> others = rows.stream()
                .map(Row::contender)
                .distinct()
                .filter(contender -> !contender.equals(ours) && !except.contains(contender))
                .toList();
        List<Ratio> ratios = new ArrayList<>();
        for (Row row : of(ours)) {
            rows.stream()
                    .filter(other -> other.batch() == row.batch() && others.contains(other.contender()))
                    .forEach(other -> ratios.add(Ratio.of(row.speed(), other.speed())));
        }
        Row best = best(ours);
        others.stream()
                .map(this::best)
                .filter(other -> other.batch() != best.batch())
                .forEach(other -> ratios.add(Ratio.of(best.speed(), other.speed())));
        return ratios;
    }

    private List<Row> of(String contender) {
        return rows.stream().filter(row -> row.contender().equals(contender)).toList();
    }

    private Row best(String contender) {
        return of(contender).stream()
                .max(comparingDouble(row -> row.speed().imagesPerSecond().median()))
                .orElseThrow();
    }
}
