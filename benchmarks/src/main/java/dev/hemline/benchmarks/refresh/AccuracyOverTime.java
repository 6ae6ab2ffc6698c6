package dev.hemline.benchmarks.refresh;

import dev.hemline.benchmarks.refresh.Comparison.Attempt;
import dev.hemline.benchmarks.runner.Lines;
import dev.hemline.insight.chart.LineChart;
import dev.hemline.insight.page.ChartFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How often each variant is right, second by second, while pictures change and become again what they were. All are sent the same events, 100 a second,
 * and each is answered by what would serve then: the version of before until labels have come and training with them is over, and from then on the
 * version that was trained. No time passes for a gate or for proving itself.
 *
 * @param change that befell pictures
 * @param labels how many there were
 * @param labelDelay seconds from the change until they have come, which is assumed
 * @param changed seconds from the change until pictures are again what they were: 30 s after the last variant's version began to serve
 */
record AccuracyOverTime(String change, int labels, double labelDelay, int changed, List<Curve> curves) {
    /** Of this many events the share of right answers is told. */
    static final int WINDOW = 500;

    private static final int EVENTS_A_SECOND = 100;
    private static final int SECONDS_BEFORE = 15;
    private static final int SECONDS_SERVED = 30;
    private static final int SECONDS_AFTERWARDS = 30;

    /**
     * One variant's.
     *
     * @param serves seconds from the change until its version serves
     */
    record Curve(Variant variant, double serves, List<Point> points) {}

    /**
     * Of the events before that second.
     *
     * @param second since the change
     * @param accuracy share of right answers, 0 to 1
     */
    record Point(int second, double accuracy) {}

    /**
     * Sends events.
     *
     * @param random draws the pictures, each as often as any other
     */
    static AccuracyOverTime of(Comparison compared, double labelDelay, RandomGenerator random) {
        double longest =
                compared.attempts().stream().mapToDouble(Attempt::seconds).max().orElse(0);
        int changed = (int) Math.ceil(labelDelay + longest) + SECONDS_SERVED;
        int seconds = SECONDS_BEFORE + changed + SECONDS_AFTERWARDS;
        int[] pictures = random.ints(
                        (long) seconds * EVENTS_A_SECOND, 0, compared.before().pictures())
                .toArray();
        List<Curve> curves = compared.attempts().stream()
                .map(attempt -> {
                    double serves = labelDelay + attempt.seconds();
                    return new Curve(attempt.variant(), serves, points(pictures.length, event -> {
                        double time = (double) event / EVENTS_A_SECOND - SECONDS_BEFORE;
                        Judged serving = time < serves ? compared.before() : attempt.after();
                        return serving.isRight(pictures[event], time >= 0 && time < changed);
                    }));
                })
                .toList();
        return new AccuracyOverTime(compared.change(), compared.labels(), labelDelay, changed, curves);
    }

    private static List<Point> points(int events, IntPredicate right) {
        return IntStream.rangeClosed(WINDOW / EVENTS_A_SECOND, events / EVENTS_A_SECOND)
                .mapToObj(second -> {
                    int end = second * EVENTS_A_SECOND;
                    long count =
                            IntStream.range(end - WINDOW, end).filter(right).count();
                    return new Point(second - SECONDS_BEFORE, (double) count / WINDOW);
                })
                .toList();
    }

    void draw(Path file) {
        LineChart chart = LineChart.ofShares().mark(0).mark(changed);
        curves.forEach(curve -> chart.add(
                curve.variant().toString(),
                curve.variant().colour(),
                curve.points().stream()
                        .map(point -> new LineChart.Point(point.second(), point.accuracy()))
                        .toList()));
        ChartFile.write(
                chart.titled(
                        "Accuracy over seconds since pictures changed: " + change,
                        Lines.text(
                                "Right of the last %d events; %d labels after %.0f s; changed from 0 to %d s",
                                WINDOW, labels, labelDelay, changed)),
                file);
    }
}
