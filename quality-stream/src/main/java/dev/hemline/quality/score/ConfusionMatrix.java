package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** One partition's share of the confusion matrices of all versions: in total, and by the minute of the answer. */
final class ConfusionMatrix {
    /** How far back minutes are kept. */
    static final Duration MINUTES_KEPT = Duration.ofDays(1);

    static final Duration MINUTE = Duration.ofMinutes(1);

    private final KeyValueStore<String, Long> total;
    private final WindowStore<String, Long> byMinute;
    private final int partition;
    private final ScoreListener listener;

    ConfusionMatrix(
            KeyValueStore<String, Long> total,
            WindowStore<String, Long> byMinute,
            int partition,
            ScoreListener listener) {
        this.total = total;
        this.byMinute = byMinute;
        this.partition = partition;
        this.listener = listener;
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
        Long results = plus(total.get(key), by);
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
        return after == 0 ? null : after;
    }

    /** Tells the listener of every cell, as it should know them when this instance takes a partition over. */
    void tellAll() {
        try (KeyValueIterator<String, Long> cells = total.all()) {
            while (cells.hasNext()) {
                KeyValue<String, Long> cell = cells.next();
                listener.counted(partition, ConfusionCell.parse(cell.key), cell.value);
            }
        }
    }
}
