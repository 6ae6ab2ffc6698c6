package dev.hemline.benchmarks.stream;

import java.util.List;
import java.util.Locale;

/** What is varied while all else stays. */
enum Dimension {
    PARTITIONS("partitions"),
    BACKLOG("events in the backlog"),
    INSTANCES("instances"),
    SIZE("bytes an image");

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
        List<Integer> values = switch (this) {
            case PARTITIONS -> bench.partitions;
            case BACKLOG -> bench.backlogs;
            case INSTANCES -> bench.instances;
            case SIZE -> bench.sizes;
        };
        return values.stream().map(value -> point(value, bench.events)).toList();
    }

    private Point point(int value, int events) {
        return switch (this) {
            case PARTITIONS -> new Point(value, new Setting(value, 1), ScaleBench.RAW_BYTES, events, 1);
            // As many small ones as make a turn that can be measured.
            case BACKLOG -> new Point(value, Setting.USUAL, ScaleBench.RAW_BYTES, value, Math.max(1, events / value));
            case INSTANCES ->
                new Point(value, new Setting(Setting.USUAL.partitions(), value), ScaleBench.RAW_BYTES, events, 1);
            case SIZE -> new Point(value, Setting.USUAL, value, ScaleBench.fewOfLarge(events, value), 1);
        };
    }
}
