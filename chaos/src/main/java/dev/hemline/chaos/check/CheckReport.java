package dev.hemline.chaos.check;

import dev.hemline.chaos.experiment.ExperimentReport;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of every event, counted on the topics.
 *
 * @param sent image events on their topic, good and bad
 * @param results committed results
 * @param deadLetters committed dead letters
 * @param missing events without an outcome
 * @param duplicated outcomes beyond one per event
 * @param wrong outcomes that should not be, by what is wrong with them
 * @param versionsBack results of an older version than the result before on the same partition
 * @param predicted results that were compared with an offline prediction
 * @param poisonAnswered results of poison that may have any outcome, which are not compared
 * @param scored results judged by their labels on the topic of scores
 * @param scoresDifference results that stand in another cell of the confusion matrices than a recount puts them in
 * @param refused bad versions that at least one classifier refused, by reason
 * @param drained whether the classifiers had done with everything before the count
 * @param experiment what challengers did; null where there were none
 */
public record CheckReport(
        long sent,
        long results,
        long deadLetters,
        long missing,
        long duplicated,
        Map<String, Long> wrong,
        long versionsBack,
        long predicted,
        long poisonAnswered,
        long scored,
        long scoresDifference,
        Map<String, Long> refused,
        boolean drained,
        @Nullable ExperimentReport experiment) {
    public CheckReport {
        wrong = new TreeMap<>(wrong);
        refused = new TreeMap<>(refused);
    }

    /** Outcomes that should not be, in all. */
    public long allWrong() {
        return wrong.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every event has exactly one outcome, and the right one, and every label is counted as it should be. */
    public boolean clean() {
        return drained
                && sent > 0
                && missing == 0
                && duplicated == 0
                && allWrong() == 0
                && scoresDifference == 0
                && (experiment == null || experiment.clean());
    }
}
