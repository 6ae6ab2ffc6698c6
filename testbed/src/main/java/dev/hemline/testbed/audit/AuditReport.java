package dev.hemline.testbed.audit;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the events of a window.
 *
 * @param sent image events, good and bad
 * @param classified results for them
 * @param rejected dead letters for them
 * @param missing events without an outcome
 * @param duplicated outcomes beyond one per event
 * @param earlier outcomes of events that were sent outside the window
 * @param versions results per model version
 * @param span from the first result to the last, by when the model answered
 * @param scores the results that labels on topic {@code ground-truth} judge, counted twice
 */
public record AuditReport(
        long sent,
        long classified,
        long rejected,
        long missing,
        long duplicated,
        long earlier,
        SortedMap<Integer, VersionCounts> versions,
        Duration span,
        ScoreCheck scores) {

    public AuditReport {
        versions = new TreeMap<>(versions);
    }

    /** Whether every event has exactly one outcome. */
    public boolean exactlyOnce() {
        return missing == 0 && duplicated == 0;
    }

    /** Results per second over the time of results; 0 for fewer than two. */
    public double throughput() {
        return span.isZero() ? 0 : (classified - 1) * 1e3 / span.toMillis();
    }

    /**
     * One version's results.
     *
     * @param labelled those whose true label is known
     * @param correct those that met it
     */
    public record VersionCounts(long classified, long labelled, long correct) {
        VersionCounts plus(VersionCounts more) {
            return new VersionCounts(classified + more.classified, labelled + more.labelled, correct + more.correct);
        }

        public OptionalDouble accuracy() {
            return labelled == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / labelled);
        }
    }
}
