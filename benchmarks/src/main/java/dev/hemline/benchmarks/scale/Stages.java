package dev.hemline.benchmarks.scale;

import dev.hemline.fashionmnist.LabelledImages;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A stage for each setting, all of them there at the same time; who has no turn has nothing to do. */
final class Stages implements AutoCloseable {
    private final ScaleSettings settings;
    private final Path folder;
    private final LabelledImages images;
    private final Map<Setting, Stage> stages = new LinkedHashMap<>();
    private final Map<Integer, Pictures> pictures = new HashMap<>();
    private final Set<Warm> warm = new HashSet<>();

    /** Classifiers that have seen enough of such images. */
    private record Warm(Setting setting, int imageBytes) {}

    /** @param folder made if missing */
    Stages(ScaleSettings settings, Path folder, LabelledImages images) {
        this.settings = settings;
        this.folder = folder;
        this.images = images;
    }

    /** Starts what the point needs, unless it is there; until code is compiled and memory is where it will be. */
    void warmUp(Point point) throws InterruptedException {
        if (!stages.containsKey(point.setting())) {
            Path place = folder.resolve(point.setting().partitions() + "-partitions-"
                    + point.setting().instances() + "-instances");
            stages.put(point.setting(), Stage.open(point.setting(), settings.model(), place));
            stage(point).awaitAll();
        }
        if (warm.add(new Warm(point.setting(), point.imageBytes()))) {
            var unused = stage(point).work(pictures(point), settings.warmUp(point.imageBytes()), 1);
        }
    }

    /** One turn of it. */
    Work turn(Point point) throws InterruptedException {
        return stage(point).work(pictures(point), point.backlog(), point.times());
    }

    /** What became of all events. */
    Outcomes outcomes() {
        return stages.values().stream().map(Stage::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    }

    private Stage stage(Point point) {
        Stage stage = stages.get(point.setting());
        if (stage == null) {
            throw new IllegalStateException("nothing is there for " + point);
        }
        return stage;
    }

    private Pictures pictures(Point point) {
        return pictures.computeIfAbsent(point.imageBytes(), bytes -> Pictures.of(images, bytes));
    }

    @Override
    public void close() {
        stages.values().forEach(Stage::close);
    }
}
