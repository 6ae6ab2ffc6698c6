package dev.hemline.benchmarks.scale;

import java.util.List;
import java.util.Locale;

/** What is varied while all else stays. */
enum Dimension {
    PARTITIONS("partitions") {
        @Override
        List<Point> points(ScaleSettings settings) {
            return settings.partitions().stream()
                    .map(partitions -> new Point(
                            partitions, new Setting(partitions, 1), ScaleSettings.RAW_BYTES, settings.events(), 1))
                    .toList();
        }
    },
    BACKLOG("events in the backlog") {
        @Override
        List<Point> points(ScaleSettings settings) {
            return settings.backlogs().stream()
                    .map(backlog -> new Point(
                            backlog,
                            Setting.USUAL,
                            ScaleSettings.RAW_BYTES,
                            backlog,
                            // As many small ones as make a turn that can be measured.
                            Math.max(1, settings.events() / backlog)))
                    .toList();
        }
    },
    INSTANCES("instances") {
        @Override
        List<Point> points(ScaleSettings settings) {
            return settings.instances().stream()
                    .map(instances -> new Point(
                            instances,
                            new Setting(Setting.USUAL.partitions(), instances),
                            ScaleSettings.RAW_BYTES,
                            settings.events(),
                            1))
                    .toList();
        }
    },
    SIZE("bytes an image") {
        @Override
        List<Point> points(ScaleSettings settings) {
            return settings.sizes().stream()
                    .map(bytes -> new Point(bytes, Setting.USUAL, bytes, settings.events(bytes), 1))
                    .toList();
        }
    };

    private final String title;

    Dimension(String title) {
        this.title = title;
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
    abstract List<Point> points(ScaleSettings settings);
}
