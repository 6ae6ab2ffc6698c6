package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.runner.Lines;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What is varied while all else stays. */
enum Dimension {
    PARTITIONS("partitions"),
    BACKLOG("events in the backlog"),
    INSTANCES("instances"),
    SIZE("bytes an image"),
    FORMAT("format of the event");

    private final String title;

    Dimension(String title) {
        this.title = title;
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
     * @param value in its dimension: a whole number, or the name of a format
     * @param imageBytes of the encoded picture, or {@link Pictures#PNG_FILES}
     * @param backlog events that are there at once
     * @param times how many backlogs make a turn, each there when the one before is done with
     * @param format of the events
     */
    record Point(Object value, Setting setting, int imageBytes, int backlog, int times, EventFormat format) {
        /** Of events in single-object encoding. */
        Point(Object value, Setting setting, int imageBytes, int backlog, int times) {
            this(value, setting, imageBytes, backlog, times, EventFormat.AVRO);
        }

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

    /** A value of any, for people. */
    static String text(Object value) {
        return value instanceof Integer ? Lines.text("%,d", value) : value.toString();
    }

    /** What to compare; the first is what the others are compared with. */
    List<Point> points(ScaleBench bench) {
        int raw = ScaleBench.RAW_BYTES;
        int events = bench.events;
        return switch (this) {
            case PARTITIONS -> points(bench.partitions, n -> new Point(n, new Setting(n, 1), raw, events, 1));
            // As many small ones as make a turn that can be measured.
            case BACKLOG -> points(bench.backlogs, n -> new Point(n, Setting.USUAL, raw, n, Math.max(1, events / n)));
            case INSTANCES ->
                points(bench.instances, n -> new Point(n, new Setting(Setting.USUAL.partitions(), n), raw, events, 1));
            case SIZE -> points(bench.sizes, n -> new Point(n, Setting.USUAL, n, ScaleBench.fewOfLarge(events, n), 1));
            case FORMAT ->
                points(
                        bench.formats(),
                        one -> new Point(one.toString(), Setting.USUAL, Pictures.PNG_FILES, events, 1, one));
        };
    }

    private static <T> List<Point> points(List<T> values, Function<T, Point> point) {
        return values.stream().map(point).toList();
    }
}
