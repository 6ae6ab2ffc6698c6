package dev.hemline.quality.score;

import dev.hemline.event.Answer;
import dev.hemline.topic.ModelKey;
import org.apache.kafka.streams.state.WindowStore;

/**
 * One partition's results by how sure each version was of them and by the minute of the answer, whether labels come or not. They
 * lie beside the {@link ConfusionMatrix}'s minutes, which are kept as long; releases that do not know them pass them over.
 */
final class ConfidenceMinutes {
    private final WindowStore<String, Long> byMinute;

    ConfidenceMinutes(WindowStore<String, Long> byMinute) {
        this.byMinute = byMinute;
    }

    void add(Answer answer, long now) {
        long at = answer.getClassifiedAt().toEpochMilli();
        if (at > now - ConfusionMatrix.MINUTES_KEPT.toMillis()) {
            var version = new ModelKey.Manifest(answer.getModelName(), answer.getModelVersion());
            String key = new ConfidenceCell(version, Confidences.bin(answer.getConfidence())).toString();
            long minute = at - Math.floorMod(at, ConfusionMatrix.MINUTE.toMillis());
            Long before = byMinute.fetch(key, minute);
            byMinute.put(key, (before == null ? 0 : before) + 1, minute);
        }
    }
}
