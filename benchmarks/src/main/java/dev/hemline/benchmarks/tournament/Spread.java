package dev.hemline.benchmarks.tournament;

import java.util.List;
import java.util.Locale;

/** What several measurements of the same thing came to. */
public record Spread(double median, double lowest, double highest) {

    /** @param values at least one */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(n - 1));
    }

    /** As a table shows it, for instance {@code 1,319 (1,304 to 1,352)}. */
    public String text(int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, lowest, highest);
    }
}
