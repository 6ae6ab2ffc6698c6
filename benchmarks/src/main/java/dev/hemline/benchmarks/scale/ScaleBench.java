package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.scale.ScaleReport.Table;
import dev.hemline.benchmarks.tournament.TurnListener;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.fashionmnist.LabelledImages;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Goes through the dimensions. Within each everything is started and warm before the first turn, and then every value has its
 * turn, round after round, so that whatever the machine does besides falls on all of them.
 */
final class ScaleBench {
    private final ScaleSettings settings;
    private final Path folder;
    private final TurnListener progress;
    private int played;
    private Outcomes outcomes = Outcomes.NONE;

    /** @param folder for the brokers' data, local state and the classifiers' logs */
    ScaleBench(ScaleSettings settings, Path folder, TurnListener progress) {
        this.settings = settings;
        this.folder = folder;
        this.progress = progress;
    }

    ScaleReport run() throws InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        LabelledImages images = FashionMnist.load(null).test();
        List<Table> tables = new ArrayList<>();
        for (Dimension dimension : settings.dimensions()) {
            tables.add(table(dimension, images));
        }
        return new ScaleReport(
                settings.model(),
                settings.events(),
                settings.warmUp(),
                settings.rounds(),
                Runtime.getRuntime().availableProcessors(),
                load,
                tables,
                outcomes);
    }

    private Table table(Dimension dimension, LabelledImages images) throws InterruptedException {
        List<Point> points = dimension.points(settings);
        List<List<Work>> turns = new ArrayList<>();
        points.forEach(point -> turns.add(new ArrayList<>()));
        try (var stages = new Stages(settings, folder.resolve(dimension.toString()), images)) {
            for (Point point : points) {
                tell(dimension, "warm-up");
                stages.warmUp(point);
            }
            for (int round = 0; round < settings.rounds(); round++) {
                for (int i = 0; i < points.size(); i++) {
                    tell(
                            dimension,
                            String.format(Locale.ROOT, "%,d", points.get(i).value()));
                    turns.get(i).add(stages.turn(points.get(i)));
                    played++;
                }
            }
            tell(dimension, "counting");
            outcomes = outcomes.plus(stages.outcomes());
        }
        return Table.of(dimension, points, turns);
    }

    private void tell(Dimension dimension, String what) {
        int all = settings.rounds()
                * settings.dimensions().stream()
                        .mapToInt(each -> each.points(settings).size())
                        .sum();
        progress.turn(played, all, dimension + ", " + what);
    }
}
