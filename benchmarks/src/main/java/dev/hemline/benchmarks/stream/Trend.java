package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.stream.SoakReport.Sample;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where a figure is going: the line of least squares through it, over events.
 *
 * @param first median of the first tenth of the samples
 * @param last median of the last tenth
 * @param highest of all
 * @param perMillionEvents by how much the line rises
 * @param noise twice the standard error of that: a rise below it may well be none
 */
record Trend(double first, double last, double highest, double perMillionEvents, double noise) {
    private static final double MILLION = 1e6;
    private static final int FEWEST = 10;

    /** @param samples at least ten */
    static Trend of(List<Sample> samples, ToLongFunction<Sample> figure) {
        int n = samples.size();
        if (n < FEWEST) {
            throw new IllegalArgumentException("a trend takes at least " + FEWEST + " samples, there are " + n);
        }
        double meanX = samples.stream().mapToDouble(Trend::millions).average().orElseThrow();
        double meanY =
                samples.stream().mapToDouble(figure::applyAsLong).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        for (Sample sample : samples) {
            double x = millions(sample) - meanX;
            xx += x * x;
            xy += x * (figure.applyAsLong(sample) - meanY);
        }
        double slope = xx == 0 ? 0 : xy / xx;
        double squares = 0;
        for (Sample sample : samples) {
            double off = figure.applyAsLong(sample) - meanY - slope * (millions(sample) - meanX);
            squares += off * off;
        }
        double error = xx == 0 ? 0 : Math.sqrt(squares / (n - 2) / xx);
        return new Trend(
                median(samples.subList(0, n / FEWEST), figure),
                median(samples.subList(n - n / FEWEST, n), figure),
                samples.stream().mapToLong(figure).max().orElseThrow(),
                slope,
                2 * error);
    }

    private static double millions(Sample sample) {
        return sample.events() / MILLION;
    }

    private static double median(List<Sample> samples, ToLongFunction<Sample> figure) {
        long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
