package dev.hemline.benchmarks.runner;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What several measurements of the same thing came to. */
public record Spread(double median, double lowest, double highest) {
    /** @param values at least one */
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(n - 1));
    }

    /** One figure of each of them. */
    public static <T> Spread of(Collection<T> measurements, ToDoubleFunction<T> figure) {
        return of(measurements.stream().map(figure::applyAsDouble).toList());
    }

    /** How many times the others each is, round by round, so that what else the machine did in a round falls on both. */
    public static <T> Spread ofRatios(List<T> measurements, List<T> others, ToDoubleFunction<T> figure) {
        return of(IntStream.range(0, Math.min(measurements.size(), others.size()))
                .mapToObj(round ->
                        figure.applyAsDouble(measurements.get(round)) / figure.applyAsDouble(others.get(round)))
                .toList());
    }

    /** As a table shows it, for instance {@code 1,319 (1,304 to 1,352)}. */
    public String text(int decimals) {
        String number = "%,." + decimals + "f";
        return Lines.text(number + " (" + number + " to " + number + ")", median, lowest, highest);
    }
}
