package dev.hemline.testbed.audit;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges results by labels a second time, knowing nothing of how the classifier does it but the rule: the label found out
 * last stands, of two found out at once the later one, and a version answers an event once. First all labels, then results.
 */
final class ScoreCount {
    private final SortedMap<Cell, Long> scored = new TreeMap<>();
    private final SortedMap<Cell, Long> recounted = new TreeMap<>();
    /** By the event's name: the label + 1. */
    private final LongIntTable labels = new LongIntTable();
    /** By the event's name: when that was found out, in milliseconds after the first label. */
    private final LongIntTable times = new LongIntTable();
    /** By the event's name and a version. */
    private final LongIntTable answered = new LongIntTable();

    private @Nullable Instant firstLabel;

    void truth(GroundTruth truth) {
        if (truth.getLabel() < 0 || truth.getId().isEmpty()) {
            return;
        }
        if (firstLabel == null) {
            firstLabel = truth.getLabelledAt();
        }
        long event = EventLedger.fingerprint(truth.getId());
        int time = Math.toIntExact(truth.getLabelledAt().toEpochMilli() - firstLabel.toEpochMilli());
        if (labels.get(event) == 0 || time >= times.get(event)) {
            labels.update(event, before -> truth.getLabel() + 1);
            times.update(event, before -> time);
        }
    }

    void result(Classification result) {
        int label = labels.get(EventLedger.fingerprint(result.getId())) - 1;
        long answer = EventLedger.fingerprint(result.getId() + "/v" + result.getModelVersion());
        if (label >= 0 && label < result.getProbabilities().size() && answered.get(answer) == 0) {
            add(recounted, result.getModelVersion(), label, result.getLabel(), 1);
        }
        answered.update(answer, before -> 1);
    }

    void score(Score score) {
        add(scored, score.getModelVersion(), score.getActual(), score.getPredicted(), 1);
        if (score.getReplaces() != null) {
            add(scored, score.getModelVersion(), score.getReplaces(), score.getPredicted(), -1);
        }
    }

    private static void add(SortedMap<Cell, Long> cells, int version, int actual, int predicted, long by) {
        cells.merge(
                new Cell(version, actual, predicted), by, (before, more) -> before + more == 0 ? null : before + more);
    }

    ScoreCheck check() {
        return new ScoreCheck(scored, recounted);
    }
}
