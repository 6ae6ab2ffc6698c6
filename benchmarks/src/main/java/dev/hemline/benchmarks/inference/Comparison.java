package dev.hemline.benchmarks.inference;

import static java.util.Comparator.comparingDouble;

import dev.hemline.benchmarks.inference.InferenceReport.Row;
import dev.hemline.benchmarks.tournament.Ratio;
import java.util.ArrayList;
import java.util.List;

/** Hemline beside each of the others. */
record Comparison(List<Row> rows) {

    static Comparison of(List<Row> rows) {
        return new Comparison(rows);
    }

    /** With each batch size, and then each with the one that suits it best. */
    List<Ratio> ratios() {
        List<Ratio> ratios = new ArrayList<>();
        for (Row ours : of(Lineup.HEMLINE)) {
            rows.stream()
                    .filter(other -> other.batch() == ours.batch() && !other.equals(ours))
                    .forEach(other -> ratios.add(Ratio.of(ours.speed(), other.speed())));
        }
        Row ours = best(Lineup.HEMLINE);
        rows.stream()
                .map(Row::contender)
                .distinct()
                .filter(contender -> !contender.equals(Lineup.HEMLINE))
                .map(this::best)
                .filter(other -> other.batch() != ours.batch())
                .forEach(other -> ratios.add(Ratio.of(ours.speed(), other.speed())));
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
