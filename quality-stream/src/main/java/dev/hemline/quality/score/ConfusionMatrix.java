package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * One partition's share of the confusion matrices of all versions: in total, and by the minute of the answer. It keeps a limited
 * number of cells; where one more is needed, the version that was scored longest ago goes as a whole, because sums over some of
 * its cells would be wrong.
 */
final class ConfusionMatrix {
    /** How far back minutes are kept. */
    static final Duration MINUTES_KEPT = Duration.ofDays(1);

    static final Duration MINUTE = Duration.ofMinutes(1);

    /** 500 versions that mixed every one of ten classes up with every other; 10 MB while somebody asks for them. */
    static final int MOST_CELLS = 50_000;

    private final KeyValueStore<String, Long> total;
    private final WindowStore<String, Long> byMinute;
    private final int partition;
    private final ScoreListener listener;
    private final RecentVersions versions;

    ConfusionMatrix(
            KeyValueStore<String, Long> total,
            WindowStore<String, Long> byMinute,
            int partition,
            ScoreListener listener,
            int mostCells) {
        this.total = total;
        this.byMinute = byMinute;
        this.partition = partition;
        this.listener = listener;
        versions = new RecentVersions(mostCells, this::forget);
    }

    void add(Answer answer, int actual, long now) {
        change(answer, actual, 1, now);
    }

    void remove(Answer answer, int actual, long now) {
        change(answer, actual, -1, now);
    }

    private void change(Answer answer, int actual, int by, long now) {
        var version = new ModelKey.Manifest(answer.getModelName(), answer.getModelVersion());
        var cell = new ConfusionCell(version, actual, answer.getPredicted());
        String key = cell.toString();
        Long before = total.get(key);
        Long results = plus(before, by);
        if (before == null && results != null) {
            versions.makeRoom();
            versions.use(version, 1);
        } else {
            versions.use(version, before != null && results == null ? -1 : 0);
        }
        total.put(key, results);
        listener.counted(partition, cell, results == null ? 0 : results);

        long at = answer.getClassifiedAt().toEpochMilli();
        if (at > now - MINUTES_KEPT.toMillis()) {
            long minute = at - Math.floorMod(at, MINUTE.toMillis());
            byMinute.put(key, plus(byMinute.fetch(key, minute), by), minute);
        }
    }

    /** Cells without a result are not kept. */
    private static @Nullable Long plus(@Nullable Long before, int by) {
        long after = (before == null ? 0 : before) + by;
        return after <= 0 ? null : after;
    }

    private void forget(ModelKey.Manifest version) {
        for (String key : RecentVersions.keys(total, version)) {
            total.delete(key);
            ConfusionCell.parse(key).ifPresent(cell -> listener.counted(partition, cell, 0));
        }
        listener.versionForgotten(version);
    }

    /**
     * Tells the listener of every cell, as it should know them when this instance takes a partition over. What is none, by an
     * earlier release or by somebody who wrote to the store's topic, goes.
     */
    void tellAll() {
        List<String> none = new ArrayList<>();
        try (KeyValueIterator<String, Long> all = total.all()) {
            while (all.hasNext()) {
                KeyValue<String, Long> found = all.next();
                ConfusionCell cell = ConfusionCell.parse(found.key).orElse(null);
                if (cell == null || found.value == null || found.value <= 0) {
                    none.add(found.key);
                } else {
                    versions.use(cell.version(), 1);
                    listener.counted(partition, cell, found.value);
                }
            }
        }
        none.forEach(total::delete);
    }
}
