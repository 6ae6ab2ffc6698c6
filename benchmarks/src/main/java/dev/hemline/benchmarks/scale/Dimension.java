package dev.hemline.benchmarks.scale;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What is varied while all else stays. */
enum Dimension {
    PARTITIONS(
            "partitions",
            bench -> bench.partitions,
            (bench, partitions) ->
                    new Point(partitions, new Setting(partitions, 1), ScaleBench.RAW_BYTES, bench.events, 1)),
    BACKLOG(
            "events in the backlog",
            bench -> bench.backlogs,
            // As many small ones as make a turn that can be measured.
            (bench, backlog) -> new Point(
                    backlog, Setting.USUAL, ScaleBench.RAW_BYTES, backlog, Math.max(1, bench.events / backlog))),
    INSTANCES(
            "instances",
            bench -> bench.instances,
            (bench, instances) -> new Point(
                    instances,
                    new Setting(Setting.USUAL.partitions(), instances),
                    ScaleBench.RAW_BYTES,
                    bench.events,
                    1)),
    SIZE(
            "bytes an image",
            bench -> bench.sizes,
            (bench, bytes) -> new Point(bytes, Setting.USUAL, bytes, ScaleBench.fewOfLarge(bench.events, bytes), 1));

    private final String title;
    private final Function<ScaleBench, List<Integer>> values;
    private final BiFunction<ScaleBench, Integer, Point> point;

    Dimension(String title, Function<ScaleBench, List<Integer>> values, BiFunction<ScaleBench, Integer, Point> point) {
        this.title = title;
        this.values = values;
        this.point = point;
    }

    /**
     * What has to be set up anew for each value.
     *
     * @param partitions of the topics of events and of results
     * @param instances of the classifier, each a process
     */
    record Setting(int partitions, int instances) {
        /** As Hemline makes its topics. */
        static final Setting USUAL = new Setting(4, 1);
    }

    /**
     * One thing to measure.
     *
     * @param value in its dimension
     * @param imageBytes of the encoded picture
     * @param backlog events that are there at once
     * @param times how many backlogs make a turn, each there when the one before is done with
     */
    record Point(int value, Setting setting, int imageBytes, int backlog, int times) {
        /** In a turn. */
        int events() {
            return backlog * times;
        }
    }

    /** As a table calls it. */
    String title() {
        return title;
    }

    /** As the command line and the JSON file call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What to compare; the first is what the others are compared with. */
    List<Point> points(ScaleBench bench) {
        return values.apply(bench).stream()
                .map(value -> point.apply(bench, value))
                .toList();
    }
}
