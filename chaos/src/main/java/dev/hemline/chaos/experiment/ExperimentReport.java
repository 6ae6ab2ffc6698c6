package dev.hemline.chaos.experiment;

import java.util.Map;
import java.util.TreeMap;

/**
 * What challengers answered and what came of it, counted on the topics.
 *
 * @param answers committed answers of challengers
 * @param missing events that one should have answered
 * @param duplicated answers beyond one per event
 * @param wrong answers that should not be, by what is wrong with them
 * @param predicted answers that were compared with an offline prediction
 * @param labels labelled events that two versions answered
 * @param countsDifference of them, that the referee counted otherwise than a recount does
 * @param decisions by outcome
 * @param decidedTwice decisions beyond one per pair of versions and place
 * @param decidedOtherwise decisions that a recount does not give
 * @param canaryResults results of versions on trial, of the share of events that they answer in the place of what serves
 * @param servedUnproved all other results of versions that had not won
 */
public record ExperimentReport(
        long answers,
        long missing,
        long duplicated,
        Map<String, Long> wrong,
        long predicted,
        long labels,
        long countsDifference,
        Map<String, Long> decisions,
        long decidedTwice,
        long decidedOtherwise,
        long canaryResults,
        long servedUnproved) {
    public ExperimentReport {
        wrong = new TreeMap<>(wrong);
        decisions = new TreeMap<>(decisions);
    }

    /** Answers that should not be, in all. */
    public long allWrong() {
        return sum(wrong);
    }

    /** How many comparisons ended. */
    public long allDecisions() {
        return sum(decisions);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether every event that had to be answered has one right answer, and every comparison one right end. */
    public boolean clean() {
        return answers > 0
                && labels > 0
                && missing == 0
                && duplicated == 0
                && allWrong() == 0
                && countsDifference == 0
                && decidedTwice == 0
                && decidedOtherwise == 0
                && servedUnproved == 0;
    }
}
